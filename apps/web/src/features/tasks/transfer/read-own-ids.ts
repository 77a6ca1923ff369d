import { taskExportSchema } from '@tend/contracts'
import { type TendClient, unwrap } from '@tend/contracts/client'

/** The ids of all tasks of the person, those in the trash included: an import leaves these as they are. */
export async function readOwnIds(tend: TendClient): Promise<ReadonlySet<string>> {
  const [kept, trashed] = await Promise.all([readKept(tend), readTrashed(tend)])
  return new Set([...kept, ...trashed])
}

async function readKept(tend: TendClient): Promise<string[]> {
  const answer = await tend.exportTasks('json')
  return taskExportSchema.parse(await answer.json()).tasks.map(({ id }) => id)
}

async function readTrashed({ tasks }: TendClient): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const place: { cursor?: string } = cursor === null ? {} : { cursor }
    const page = await unwrap(tasks.list({ query: { status: 'deleted', limit: 100, ...place } }))
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor !== null)
  return ids
}
