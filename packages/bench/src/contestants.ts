/** Who takes part: Tend, its peers, and the two limits, bare Node and bare PostgreSQL. */
export const contestantNames = ['tend', 'fastify', 'hono', 'node', 'postgresql'] as const

export type ContestantName = (typeof contestantNames)[number]
