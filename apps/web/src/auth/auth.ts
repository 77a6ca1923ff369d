import { getDatabase } from '../database.ts'
import { getEnvironment } from '../env.ts'
import { getLog } from '../log.ts'
import { type Auth, createAuth } from './create-auth.ts'

let auth: Auth | undefined

/** Better Auth on this process's database. */
export function getAuth(): Auth {
  auth ??= createAuth({ environment: getEnvironment(), database: getDatabase(), log: getLog() })
  return auth
}
