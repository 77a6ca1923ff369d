import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { getCurrentSession } from '../../../auth/current-session.ts'
import { parseNextPath } from '../../../auth/next-path.ts'
import { LoginForm } from '../../../features/account/login-form.tsx'

export const metadata: Metadata = { title: 'Sign in' }

export default async function LoginPage({ searchParams }: PageProps<'/login'>) {
  const { next, ended } = await searchParams
  const nextPath = parseNextPath(next)
  if (await getCurrentSession()) redirect(nextPath)
  return (
    <>
      <h1 className="pb-5 font-medium text-view">Sign in</h1>
      {ended !== undefined && (
        <p className="-mt-2 pb-5 text-ink-muted">
          Your session has ended. Sign in again to go on where you were; what you typed is kept.
        </p>
      )}
      <LoginForm next={nextPath} />
      <p className="pt-6 text-ink-muted">
        New here?{' '}
        <Link
          href={next === undefined ? '/register' : `/register?next=${encodeURIComponent(nextPath)}`}
          className="text-ink underline decoration-1 underline-offset-4"
        >
          Create an account
        </Link>
      </p>
    </>
  )
}
