import { taskETag } from '../task-etag.ts'
import type { tasksContract } from '../tasks-contract.ts'
import type { OpenApiFrame } from './document-types.ts'
import { completedTask, exampleTask } from './example-values.ts'
import type { ContractDocumentation } from './route-documentation.ts'

const one = 'Tasks'
const many = 'Many tasks'

/** What stands around the task routes. */
export const tasksDocumentFrame: OpenApiFrame = {
  info: {
    title: 'Tend tasks',
    version: '0.1.0',
    summary: "A person's tasks.",
    description: [
      'Every request carries an access token in `Authorization: Bearer`; the sign-in routes give one. No cookie and no query parameter stands in for it.',
      "You see your own tasks only: another person's task and one that does not exist get the same answer.",
      '\n\nErrors are problem details (RFC 9457, `application/problem+json`): decide by their `code`. Bodies and queries are strict: a key that is not known is an error.',
      '\n\nEvery answer with one task has an `ETag`. Send it back as `If-Match` and a change is made only if nobody else was faster (412 otherwise).',
    ].join(' '),
    license: { name: 'MIT', identifier: 'MIT' },
  },
  tags: [
    { name: one, description: 'Add, read, change and delete tasks one by one.' },
    { name: many, description: 'Counts, and several tasks at once.' },
  ],
  security: [{ accessToken: [] }],
  securitySchemes: {
    accessToken: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description:
        'An access token from `POST /api/auth/register`, `/login` or `/token` of the web app.',
    },
  },
}

const exampleExport = {
  version: 1 as const,
  exportedAt: exampleTask.updatedAt,
  tasks: [exampleTask],
}

const id = { description: 'The id of the task.', example: exampleTask.id }
const today = {
  description: "The person's own date, which decides what is overdue. Without it, the date in UTC.",
  example: '2026-11-24',
}
const ifMatch = {
  description:
    'Entity tags, or `*`: the change is made only if the task still has one of them (RFC 9110, section 13.1.1).',
  example: taskETag(exampleTask),
}

/** The documentation of every task route. */
export const tasksDocumentation: ContractDocumentation<typeof tasksContract> = {
  list: {
    tag: one,
    description:
      'One page of tasks. For the next page, repeat the query with the `nextCursor` of this one. Pages hold each task once, whatever is written between them; only a task whose place in the order changes meanwhile may come twice or not at all. Tasks in the trash stand in no list but `status=deleted`.',
    parameters: {
      limit: { description: 'The most tasks on a page.', example: 50 },
      cursor: {
        description:
          'The `nextCursor` of the page before. It belongs to its query and is refused with another.',
      },
      status: { description: 'Which tasks.', example: 'open' },
      q: { description: 'Words in title or description; case does not matter.', example: 'ferns' },
      label: { description: 'Tasks with this label.', example: 'home' },
      due: {
        description:
          '`overdue` is open and due before today, `week` is due from today to six days on, `none` is without a due date.',
        example: 'week',
      },
      today,
      sort: { description: 'The order. `newest` and `oldest` go by creation.', example: 'newest' },
    },
    answers: {
      200: {
        description: 'A page of tasks.',
        examples: {
          lastPage: { items: [exampleTask], nextCursor: null },
          empty: { items: [], nextCursor: null },
        },
      },
    },
  },
  create: {
    tag: one,
    description:
      'Adds an open task. With an `Idempotency-Key` it can be sent again safely: for 24 hours the same key with the same body gets the first answer and adds nothing.',
    parameters: {
      'idempotency-key': {
        description:
          'A key of your making, unique to this task, such as a UUID. With another body it is refused.',
      },
    },
    requests: {
      title: { title: 'Water the ferns' },
      everything: {
        title: 'Water the ferns',
        description: 'The ones by the window, too.',
        dueDate: '2026-11-24',
        priority: 'medium',
        labels: ['home'],
      },
    },
    answers: {
      201: {
        description: 'The task was added.',
        examples: { added: exampleTask },
        headers: ['Location', 'ETag'],
      },
    },
  },
  counts: {
    tag: many,
    description: 'How many tasks there are of each kind.',
    parameters: { today },
    answers: {
      200: {
        description: 'The numbers.',
        examples: { counts: { open: 12, completed: 40, overdue: 2, deleted: 1 } },
      },
    },
  },
  summary: {
    tag: many,
    description: 'How many open tasks there are by view and by label, as a sidebar shows them.',
    parameters: { today },
    answers: {
      200: {
        description: 'The numbers.',
        examples: { summary: { today: 3, upcoming: 5, labels: [{ label: 'home', open: 4 }] } },
      },
    },
  },
  bulk: {
    tag: many,
    description:
      'Does the same to up to 100 tasks. A task that already is as asked counts as updated.',
    requests: { complete: { ids: [exampleTask.id], action: 'complete' } },
    answers: {
      200: {
        description: 'Which tasks were reached.',
        examples: { reached: { updated: [exampleTask.id], notFound: [] } },
      },
    },
  },
  export: {
    tag: many,
    description:
      'All tasks outside the trash, oldest first, as a file. The CSV is in UTF-8 with a byte order mark; cells that a spreadsheet would take for a formula begin with an apostrophe.',
    parameters: { format: { description: 'The kind of file.', example: 'json' } },
    answers: {
      200: {
        description: 'The file.',
        examples: { json: exampleExport },
        headers: ['Content-Disposition'],
        alternatives: { 'text/csv': 'The same tasks as rows, with a row of names first.' },
      },
    },
  },
  import: {
    tag: many,
    description:
      'Adds the tasks of a JSON export whose ids you do not have, all or none. What exists stays as it is, in the trash, too. The body may have 10 MiB, and four imports of one person may be under way at a time.',
    requests: { export: exampleExport },
    answers: {
      200: {
        description: 'What was added.',
        examples: { imported: { added: 1, existing: 0 } },
      },
    },
  },
  events: {
    tag: many,
    description:
      'Changes as Server-Sent Events, each with the data of a `TaskEvent`. A task that is created may arrive as `task.updated` when it changed at once: put it in place of what you have under its id. The stream ends with the session and with the access token; come back with a new one and the `Last-Event-ID`. The stream begins with an id, so that a quiet one can be resumed as well. A comment comes every 15 seconds; a reader that takes nothing for a minute is cut off. Twenty streams may be open.',
    parameters: {
      'last-event-id': {
        description:
          'The id of the last event you got: the stream goes on behind it. An id that is not known here is refused with 422; connect without it then, and read your lists again. Do the same when you were away for 30 days: deletions are told for so long.',
      },
    },
    answers: {
      200: {
        description: 'The stream.',
        examples: {
          deleted: `id: 4711.${exampleTask.id}\nevent: task.deleted\ndata: {"type":"task.deleted","id":"${exampleTask.id}"}\n\n`,
        },
      },
    },
  },
  get: {
    tag: one,
    description: 'One task. A task in the trash is not found.',
    parameters: {
      id,
      'if-none-match': {
        description:
          'Entity tags, or `*`: 304 if the task still has one of them (RFC 9110, section 13.1.2).',
        example: ifMatch.example,
      },
    },
    answers: {
      200: { description: 'The task.', headers: ['ETag'], examples: { task: exampleTask } },
      304: { description: 'You have this version already.', headers: ['ETag'] },
    },
  },
  update: {
    tag: one,
    description:
      'Changes the fields that are named, at least one, and leaves the others as they are.',
    parameters: { id, 'if-match': ifMatch },
    requests: {
      rename: { title: 'Water all ferns' },
      complete: { isCompleted: true },
      clear: { description: null, dueDate: null },
    },
    answers: {
      200: {
        description: 'The task as it is now.',
        headers: ['ETag'],
        examples: { task: completedTask },
      },
    },
  },
  delete: {
    tag: one,
    description:
      'Moves the task to the trash, from which it can be restored for 30 days. With `permanent=true` it is gone for good, also when it is in the trash already.',
    parameters: {
      id,
      permanent: { description: 'Whether to delete for good.', example: 'false' },
      'if-match': ifMatch,
    },
    answers: { 204: { description: 'The task was deleted.' } },
  },
  toggle: {
    tag: one,
    description: 'Completes an open task and reopens a completed one.',
    parameters: { id, 'if-match': ifMatch },
    answers: {
      200: {
        description: 'The task as it is now.',
        headers: ['ETag'],
        examples: { task: completedTask },
      },
    },
  },
  restore: {
    tag: one,
    description: 'Brings a task back from the trash.',
    parameters: { id },
    answers: {
      200: { description: 'The task.', headers: ['ETag'], examples: { task: exampleTask } },
    },
  },
}
