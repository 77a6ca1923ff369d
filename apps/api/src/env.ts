import { originSchema, parseEnvironment, postgresUrlSchema } from '@tend/runtime/environment'
import { loadRootEnvFile } from '@tend/runtime/root-env-file'
import { z } from 'zod'

const originsSchema = z
  .string()
  .transform((list) => list.split(',').map((origin) => origin.trim()))
  .pipe(z.array(originSchema))

const apiFields = {
  DATABASE_DIRECT_URL: postgresUrlSchema.optional(),
  CORS_ORIGINS: originsSchema.optional(),
  RATE_LIMIT_PER_MINUTE: z.coerce.number('must be a number').int().min(0).default(600),
}

/** Reads the environment of the API. Throws an `EnvironmentError` that names every problem at once. */
export function readEnvironment() {
  loadRootEnvFile()
  const environment = parseEnvironment(apiFields, process.env)
  return {
    ...environment,
    DATABASE_DIRECT_URL: environment.DATABASE_DIRECT_URL ?? environment.DATABASE_URL,
    CORS_ORIGINS: environment.CORS_ORIGINS ?? [environment.WEB_URL],
  }
}
