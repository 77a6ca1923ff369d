import type { Metadata } from 'next'
import { LinkExpired } from '../../../features/account/link-expired.tsx'
import { ResetPasswordForm } from '../../../features/account/reset-password-form.tsx'

export const metadata: Metadata = {
  title: 'Set a new password',
  // The address holds the token: it is told to nobody, not even to this site's own pages.
  referrer: 'no-referrer',
}

export default async function ResetPasswordPage({ searchParams }: PageProps<'/reset-password'>) {
  const { token } = await searchParams
  const isToken = typeof token === 'string' && token !== '' && token.length <= 256
  return (
    <>
      <h1 className="pb-5 font-medium text-view">Set a new password</h1>
      {isToken ? <ResetPasswordForm token={token} /> : <LinkExpired />}
    </>
  )
}
