import { taskETag, timestampSchema } from '@tend/contracts'
import { parseEntityTags } from '../../http/entity-tags.ts'

/**
 * Turns If-Match into the `updatedAt` values a task may have; undefined is any. Weak tags never match here, and neither
 * does what is no tag of ours (RFC 9110, section 13.1.1).
 */
export function parseIfMatch(header: string | undefined): string[] | undefined {
  const tags = header === undefined ? '*' : parseEntityTags(header)
  return tags === '*' ? undefined : tags.strong.flatMap((tag) => parseTaskETag(tag) ?? [])
}

function parseTaskETag(tag: string): string | null {
  const moment = new Date(Number.parseInt(tag.slice(1, -1), 36))
  if (Number.isNaN(moment.getTime())) return null
  const updatedAt = moment.toISOString()
  // No task has changed before the year 1 or after 9999, and PostgreSQL cannot read such a moment.
  if (!timestampSchema.safeParse(updatedAt).success) return null
  // parseInt is generous: only the one spelling that is sent is a tag.
  return taskETag({ updatedAt }) === tag ? updatedAt : null
}
