import { setTimeout as sleep } from 'node:timers/promises'
import { type DehydratedState, HydrationBoundary } from '@tanstack/react-query'
import { calendarDay } from '@tend/quick-add/calendar-day'
import type { Metadata } from 'next'
import { Suspense } from 'react'
import { requireSession } from '../../auth/current-session.ts'
import { TaskWorkspace } from '../../features/tasks/task-workspace.tsx'
import { TaskWorkspaceSkeleton } from '../../features/tasks/task-workspace-skeleton.tsx'
import { readFirstList } from './first-list.ts'

export const metadata: Metadata = { title: 'Tasks' }

export default async function DashboardPage() {
  const signedIn = await requireSession('/dashboard')
  const firstList = readFirstList(signedIn)
  // Nearly always the list is here by then and the page comes whole; only a slow API shows the skeleton first.
  await Promise.race([firstList, sleep(250)])
  return (
    <Suspense fallback={<TaskWorkspaceSkeleton />}>
      <FirstList firstList={firstList} userId={signedIn.user.id} />
    </Suspense>
  )
}

async function FirstList(props: { firstList: Promise<DehydratedState>; userId: string }) {
  return (
    <HydrationBoundary state={await props.firstList}>
      <TaskWorkspace userId={props.userId} serverToday={calendarDay(new Date())} />
    </HydrationBoundary>
  )
}
