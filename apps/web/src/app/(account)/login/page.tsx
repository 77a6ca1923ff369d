import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { getCurrentSession } from '../../../auth/current-session.ts'
import { parseNextPath } from '../../../auth/next-path.ts'
import {
  type EmailLinkOutcome,
  readEmailLinkOutcome,
} from '../../../features/account/email-link-outcome.ts'
import { LoginForm } from '../../../features/account/login-form.tsx'

export const metadata: Metadata = { title: 'Sign in' }

export default async function LoginPage({ searchParams }: PageProps<'/login'>) {
  const { next, ended, reset, email, error } = await searchParams
  const nextPath = parseNextPath(next)
  if (await getCurrentSession()) redirect(nextPath)
  return (
    <>
      <h1 className="pb-5 font-medium text-view">Sign in</h1>
      {ended !== undefined && (
        <Note>
          Your session has ended. Sign in again to go on where you were; what you typed is kept.
        </Note>
      )}
      {reset !== undefined && (
        <Note>Your new password is set, and all sessions have ended. Sign in with it.</Note>
      )}
      {email === 'sent' && (
        <Note>
          Check your mail: follow the link in it within an hour to confirm your address, then sign
          in. Nothing there after a few minutes? Look among the spam.
        </Note>
      )}
      {email === 'confirmed' && <Note>{describeConfirmation(readEmailLinkOutcome(error))}</Note>}
      <LoginForm next={nextPath} />
      <p className="pt-6 text-ink-muted">
        Forgot your password?{' '}
        <Link
          href="/forgot-password"
          className="text-ink underline decoration-1 underline-offset-4"
        >
          Set a new one
        </Link>
      </p>
      <p className="pt-2 text-ink-muted">
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

function describeConfirmation(outcome: EmailLinkOutcome): string {
  switch (outcome) {
    case 'confirmed':
      return 'Your email address is confirmed. You can sign in now.'
    case 'later':
      return 'Your email address could not be confirmed just now. Follow the link once more in a minute.'
    case 'taken':
    case 'expired':
      return 'The link to confirm your email address has been used or is too old. Sign in: if the address is not confirmed yet, you get a new link.'
  }
}

function Note({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="-mt-2 pb-5 text-ink-muted">
      {children}
    </p>
  )
}
