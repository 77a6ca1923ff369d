import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { getCurrentSession } from '../../../auth/current-session.ts'
import { parseNextPath } from '../../../auth/next-path.ts'
import { RegisterForm } from '../../../features/account/register-form.tsx'

export const metadata: Metadata = { title: 'Create an account' }

export default async function RegisterPage({ searchParams }: PageProps<'/register'>) {
  const { next } = await searchParams
  const nextPath = parseNextPath(next)
  if (await getCurrentSession()) redirect(nextPath)
  const loginHref = next === undefined ? '/login' : `/login?next=${encodeURIComponent(nextPath)}`
  return (
    <>
      <h1 className="pb-5 font-medium text-view">Create an account</h1>
      <RegisterForm next={nextPath} loginHref={loginHref} />
      <p className="pt-6 text-ink-muted">
        Already here?{' '}
        <Link href={loginHref} className="text-ink underline decoration-1 underline-offset-4">
          Sign in
        </Link>
      </p>
    </>
  )
}
