import type { Kysely } from 'kysely'
import type { DatabaseSchema } from './database-schema.ts'
import { insertTask, insertUser } from './seed.ts'

/** A person to log in as. */
export type DemoPerson = { email: string; name: string; password: string }

type DemoTask = { title: string; description?: string; isCompleted?: boolean; hoursAgo: number }

const people: { person: DemoPerson; tasks: DemoTask[] }[] = [
  {
    person: { email: 'ada@example.com', name: 'Ada Park', password: 'walnut-ferry-lantern' },
    tasks: [
      { title: 'Ask the landlord about the boiler', hoursAgo: 1 },
      { title: 'Send Mira the photos from the lake', hoursAgo: 3 },
      {
        title: 'Draft the talk for the spring meetup',
        description: 'Ten minutes, one example, no slides with code smaller than a thumb.',
        hoursAgo: 20,
      },
      { title: 'Renew the library card', hoursAgo: 26, isCompleted: true },
      {
        title: 'Book a table for six',
        description: 'Friday at 19:30, by the window.',
        hoursAgo: 30,
      },
      { title: 'Return the ladder to Tom', hoursAgo: 51 },
      { title: 'Pay the invoice for the bicycle', hoursAgo: 74, isCompleted: true },
      {
        title: 'Read chapter four again',
        description: 'The part on backpressure.\nWrite down what changed since last time.',
        hoursAgo: 98,
      },
      { title: 'Back up the laptop', hoursAgo: 122, isCompleted: true },
      { title: 'Find the spare key', hoursAgo: 170 },
    ],
  },
  {
    person: { email: 'ben@example.com', name: 'Ben Okafor', password: 'copper-meadow-signal' },
    tasks: [
      { title: 'Buy seed potatoes', hoursAgo: 2 },
      { title: 'Call the dentist', hoursAgo: 28 },
      { title: 'Sharpen the kitchen knives', hoursAgo: 55, isCompleted: true },
    ],
  },
]

/** Inserts the demo people with their tasks. Returns those who were not there yet. */
export async function seedDemo(db: Kysely<DatabaseSchema>): Promise<DemoPerson[]> {
  const added: DemoPerson[] = []
  for (const { person, tasks } of people) {
    const known = await db
      .selectFrom('user')
      .select('id')
      .where('email', '=', person.email)
      .executeTakeFirst()
    if (known) continue
    const { id } = await insertUser(db, person)
    for (const { hoursAgo, ...task } of tasks) {
      await insertTask(db, id, { ...task, createdAt: new Date(Date.now() - hoursAgo * 3_600_000) })
    }
    added.push(person)
  }
  return added
}
