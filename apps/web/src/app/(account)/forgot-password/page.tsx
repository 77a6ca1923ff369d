import type { Metadata } from 'next'
import Link from 'next/link'
import { ForgotPasswordForm } from '../../../features/account/forgot-password-form.tsx'

export const metadata: Metadata = { title: 'Forgot your password' }

export default function ForgotPasswordPage() {
  return (
    <>
      <h1 className="pb-5 font-medium text-view">Forgot your password</h1>
      <ForgotPasswordForm />
      <p className="pt-6 text-ink-muted">
        Remembered it?{' '}
        <Link href="/login" className="text-ink underline decoration-1 underline-offset-4">
          Sign in
        </Link>
      </p>
    </>
  )
}
