import type { ReactNode } from 'react'
import { TendProvider } from '../../api/tend-provider.tsx'
import { NotebookPage } from '../../components/notebook-page.tsx'
import { getEnvironment } from '../../env.ts'
import { CarriedEmailProvider } from '../../features/account/carried-email.tsx'

export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <NotebookPage home="/">
      <main className="pt-[clamp(2rem,10vh,6rem)] pb-16 pl-(--text-edge)">
        <div className="max-w-[22rem]">
          <TendProvider apiUrl={getEnvironment().NEXT_PUBLIC_API_URL}>
            <CarriedEmailProvider>{children}</CarriedEmailProvider>
          </TendProvider>
        </div>
      </main>
    </NotebookPage>
  )
}
