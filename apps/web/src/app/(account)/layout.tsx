import Link from 'next/link'
import type { ReactNode } from 'react'
import { TendProvider } from '../../api/tend-provider.tsx'
import { Wordmark } from '../../components/wordmark.tsx'
import { getEnvironment } from '../../env.ts'
import { CarriedEmailProvider } from '../../features/account/carried-email.tsx'

export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-[25rem] flex-col px-6 pt-[max(1rem,10vh)] pb-16">
      <header className="-ml-2.5 pb-10">
        <Link href="/" className="inline-flex rounded-control pr-2">
          <Wordmark />
        </Link>
      </header>
      <main>
        <TendProvider apiUrl={getEnvironment().NEXT_PUBLIC_API_URL}>
          <CarriedEmailProvider>{children}</CarriedEmailProvider>
        </TendProvider>
      </main>
    </div>
  )
}
