'use client'

import type { ComponentProps } from 'react'
import { useSignOut } from '../../features/account/use-sign-out.ts'
import { TaskWorkspace } from '../../features/tasks/task-workspace.tsx'

type DashboardProps = Omit<ComponentProps<typeof TaskWorkspace>, 'onSignOut'>

/** The tasks, with the way out of the account, which another feature knows. */
export function Dashboard(props: DashboardProps) {
  const signOut = useSignOut()
  return <TaskWorkspace {...props} onSignOut={() => void signOut()} />
}
