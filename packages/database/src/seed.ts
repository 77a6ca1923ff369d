import type { Kysely } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { DatabaseSchema, NewTask, TaskRow } from './database-schema.ts'
import { forUser } from './for-user.ts'
import { hashPassword } from './hash-password.ts'

type Moment = Date | string

/** A person as `insertUser` made them. */
export type SeededUser = { id: string; email: string; name: string }

let userCount = 0

/** Inserts a person; with a password also the account that Better Auth logs in by. What is not given is made up. */
export async function insertUser<Timestamp extends Moment>(
  db: Kysely<DatabaseSchema<Timestamp>>,
  person: { email?: string; name?: string; password?: string } = {},
): Promise<SeededUser> {
  userCount += 1
  const id = uuidv7()
  const email = person.email ?? `person-${userCount}-${id.slice(-6)}@example.com`
  const name = person.name ?? `Person ${userCount}`
  const passwordHash = person.password && (await hashPassword(person.password))
  const now = new Date()
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('user')
      .values({ id, email, name, email_verified: true, created_at: now, updated_at: now })
      .execute()
    if (!passwordHash) return
    const credential = { user_id: id, account_id: id, provider_id: 'credential' }
    await trx
      .insertInto('account')
      .values({ ...credential, password: passwordHash, created_at: now, updated_at: now })
      .execute()
  })
  return { id, email, name }
}

type SeedTask = Partial<
  Pick<NewTask, 'title' | 'description' | 'priority' | 'labels'> & {
    isCompleted: boolean
    dueDate: string
    createdAt: Date
  }
>

/** Inserts a task of a person. What is not given is made up; the id carries the time of `createdAt`. */
export async function insertTask<Timestamp extends Moment>(
  db: Kysely<DatabaseSchema<Timestamp>>,
  userId: string,
  task: SeedTask = {},
): Promise<TaskRow<Timestamp>> {
  const createdAt = task.createdAt ?? new Date()
  const row: NewTask = {
    user_id: userId,
    id: uuidv7({ msecs: createdAt.getTime() }),
    title: task.title ?? 'Water the plants',
    description: task.description ?? null,
    is_completed: task.isCompleted ?? false,
    due_date: task.dueDate ?? null,
    priority: task.priority ?? 'none',
    labels: task.labels ?? [],
    created_at: createdAt,
    updated_at: createdAt,
  }
  return forUser(db, userId).insertInto('task').values(row).returningAll().executeTakeFirstOrThrow()
}
