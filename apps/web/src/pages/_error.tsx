import type { PageConfig } from 'next'
import Head from 'next/head'
import { FailedPage } from '../components/failed-page.tsx'
import { site } from '../components/site.ts'
import { buttonClass } from '../components/ui/button.tsx'

export const config: Omit<PageConfig, 'runtime'> = { unstable_runtimeJS: false }

/** Made when Tend is built, so that it can be shown whatever fails. */
export default function ErrorPage() {
  return (
    <>
      <Head>
        <title>{`Something went wrong · ${site.name}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
      </Head>
      <FailedPage>
        <a href="/" className={buttonClass('quiet')}>
          Go to the start
        </a>
      </FailedPage>
    </>
  )
}
