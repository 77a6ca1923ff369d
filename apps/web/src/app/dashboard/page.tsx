import { setTimeout as sleep } from 'node:timers/promises'
import { type DehydratedState, HydrationBoundary } from '@tanstack/react-query'
import { calendarDay } from '@tend/quick-add/calendar-day'
import type { Metadata } from 'next'
import { type ComponentProps, Suspense } from 'react'
import { requireSession } from '../../auth/current-session.ts'
import { AccountMenu } from '../../features/account/account-menu.tsx'
import { TaskWorkspaceSkeleton } from '../../features/tasks/task-workspace-skeleton.tsx'
import { describeView } from '../../features/tasks/views/describe-view.ts'
import { loadView } from '../../features/tasks/views/view-params.ts'
import { Dashboard } from './dashboard.tsx'
import { readFirstList } from './first-list.ts'

export async function generateMetadata({
  searchParams,
}: PageProps<'/dashboard'>): Promise<Metadata> {
  return { title: describeView(await loadView(searchParams)) }
}

export default async function DashboardPage({ searchParams }: PageProps<'/dashboard'>) {
  const signedIn = await requireSession()
  const view = await loadView(searchParams)
  // The server does not know the person's time zone. The browser does, and corrects what differs.
  const today = calendarDay(new Date())
  const firstList = readFirstList(signedIn, view, today)
  // Nearly always the list is here by then and the page comes whole; only a slow API shows the skeleton first.
  await Promise.race([firstList, sleep(250)])
  const account = <AccountMenu user={signedIn.user} />
  return (
    <Suspense fallback={<TaskWorkspaceSkeleton title={describeView(view)} account={account} />}>
      <FirstList
        firstList={firstList}
        userId={signedIn.user.id}
        serverToday={today}
        account={account}
      />
    </Suspense>
  )
}

type FirstListProps = ComponentProps<typeof Dashboard> & { firstList: Promise<DehydratedState> }

async function FirstList({ firstList, ...workspace }: FirstListProps) {
  return (
    <HydrationBoundary state={await firstList}>
      <Dashboard {...workspace} />
    </HydrationBoundary>
  )
}
