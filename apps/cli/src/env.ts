import { z } from 'zod'

const optional = z
  .string()
  .optional()
  .transform((value) => value || undefined)

const environmentSchema = z.object({
  TEND_PROFILE: optional,
  TEND_EMAIL: optional,
  TEND_PASSWORD: optional,
  XDG_CONFIG_HOME: optional,
  APPDATA: optional,
})

/** What the environment says; an empty variable counts as unset. */
export function readEnvironment(): z.output<typeof environmentSchema> {
  return environmentSchema.parse(process.env)
}
