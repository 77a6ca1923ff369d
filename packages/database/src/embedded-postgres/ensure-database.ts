import { Client, escapeLiteral } from 'pg'
import type { ClusterAccess } from './postgres-cluster.ts'

/**
 * Makes the role `tend` and its database unless they are there, and returns their address. The role is no superuser:
 * row level security would not bind one.
 */
export async function ensureDatabase(
  port: number,
  access: ClusterAccess,
  role: { mayCreateDatabases: boolean },
): Promise<string> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    database: 'postgres',
    password: access.superuserPassword,
  })
  await client.connect()
  try {
    const { rows } = await client.query<{ role: boolean; database: boolean }>(
      `select exists (select from pg_roles where rolname = 'tend') as role,
        exists (select from pg_database where datname = 'tend') as database`,
    )
    const attributes = role.mayCreateDatabases ? 'createdb' : 'nocreatedb'
    const password = escapeLiteral(access.password)
    if (!rows[0]?.role)
      await client.query(`create role tend login ${attributes} password ${password}`)
    if (!rows[0]?.database) await client.query('create database tend owner tend')
  } finally {
    await client.end()
  }
  return `postgres://tend:${access.password}@127.0.0.1:${port}/tend`
}
