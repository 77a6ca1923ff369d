import { taskSchema } from '@tend/contracts'
import { describe, expect, it } from 'vitest'
import { createTaskIds } from './create-task-ids.ts'

describe('ids of tasks', () => {
  it('grow in one millisecond, over time and when the clock goes back', () => {
    let now = 1_800_000_000_000
    const createId = createTaskIds(() => now)
    const made = Array.from({ length: 5_000 }, (_, count) => {
      if (count === 2_000) now += 1
      if (count === 4_000) now -= 60_000
      return createId()
    })
    const ids = made.map(({ id }) => id)
    expect(ids).toEqual([...ids].sort())
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('are UUIDs of version 7 with the moment in them', () => {
    const createId = createTaskIds(() => 0x0123456789ab)
    const { id, createdAt } = createId()
    expect(taskSchema.shape.id.parse(id)).toBe(id)
    expect(id.startsWith('01234567-89ab-7')).toBe(true)
    expect(createdAt).toBe(0x0123456789ab)
  })
})
