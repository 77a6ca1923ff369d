import { z } from 'zod'

const settingsSchema = z.object({
  port: z.int(),
  databaseUrl: z.string(),
  secret: z.string(),
  issuer: z.string(),
  audience: z.string(),
})

/** What a server under comparison is told when it starts. */
export type PeerSettings = z.infer<typeof settingsSchema>

/** Reads the settings, JSON in the first argument of the process. */
export function readPeerSettings(): PeerSettings {
  return settingsSchema.parse(JSON.parse(process.argv[2] ?? ''))
}
