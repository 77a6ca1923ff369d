import type { ReactNode } from 'react'
import { TendProvider } from '../../api/tend-provider.tsx'
import { NotebookPage } from '../../components/notebook-page.tsx'
import { ThemeSwitch } from '../../components/theme/theme-switch.tsx'
import { getEnvironment } from '../../env.ts'
import { CarriedEmailProvider } from '../../features/account/carried-email.tsx'
import { getCurrentTheme } from '../current-theme.ts'

export default async function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <NotebookPage home="/" corner={<ThemeSwitch atFirst={await getCurrentTheme()} />}>
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
