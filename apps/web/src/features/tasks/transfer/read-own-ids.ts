import { taskExportSchema } from '@tend/contracts'
import type { Tend } from '../../../api/create-tend.ts'

/** The ids of all tasks of the person, those in the trash included: an import leaves these as they are. */
export async function readOwnIds(tend: Tend): Promise<ReadonlySet<string>> {
  const [kept, trashed] = await Promise.all([readKept(tend), readTrashed(tend)])
  return new Set([...kept, ...trashed])
}

async function readKept(tend: Tend): Promise<string[]> {
  const client = await tend.open()
  const answer = await client.exportTasks('json')
  return taskExportSchema.parse(await answer.json()).tasks.map(({ id }) => id)
}

async function readTrashed({ call }: Tend): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const place: { cursor?: string } = cursor === null ? {} : { cursor }
    const page = await call(({ tasks }) =>
      tasks.list({ query: { status: 'deleted', limit: 100, ...place } }),
    )
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor !== null)
  return ids
}
