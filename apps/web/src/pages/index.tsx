import { calendarDay } from '@tend/quick-add/calendar-day'
import type { GetServerSideProps, PageConfig } from 'next'
import Head from 'next/head'
import { isSignedIn } from '../auth/is-signed-in.ts'
import { site } from '../components/site.ts'
import { readThemeCookie, type Theme } from '../components/theme/theme.ts'
import { ThemeSwitch } from '../components/theme/theme-switch.tsx'
import { LandingPage } from '../features/landing/landing-page.tsx'
import { SampleTasks } from '../features/tasks/list/sample-tasks.tsx'

// Without the scripts of Next.js and React, but for development: docs/decisions/0015-a-landing-page-without-scripts.md.
export const config: Omit<PageConfig, 'runtime'> = { unstable_runtimeJS: false }

type IndexProps = { isKnown: boolean; isFarewell: boolean; theme: Theme; today: string }

export const getServerSideProps: GetServerSideProps<IndexProps> = async ({ req, query }) => {
  const isKnown = await isSignedIn(req)
  return {
    props: {
      isKnown,
      isFarewell: query.account === 'deleted' && !isKnown,
      theme: readThemeCookie(req.headers.cookie),
      today: calendarDay(new Date()),
    },
  }
}

export default function IndexPage(props: IndexProps) {
  return (
    <>
      <Head>
        <title>{site.name}</title>
        <meta name="description" content={site.description} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
      </Head>
      <LandingPage
        isSignedIn={props.isKnown}
        isFarewell={props.isFarewell}
        samples={<SampleTasks today={props.today} />}
        themeSwitch={<ThemeSwitch atFirst={props.theme} />}
      />
    </>
  )
}
