import { readFile, stat } from 'node:fs/promises'
import { type Account, runProgram } from './run-program.ts'

/**
 * The account that the server runs as. PostgreSQL refuses root: then it is the owner of the data there are, or
 * `postgres`, or `nobody`.
 */
export async function pickAccount(cluster: string): Promise<Account> {
  if (process.getuid?.() !== 0) return undefined
  const owner = await stat(cluster).catch(() => undefined)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  return (await findUser('postgres')) ?? (await findUser('nobody')) ?? { uid: 65_534, gid: 65_534 }
}

/** Whether the account gets through to a directory: all its parents, whatever grants or denies it. */
export async function canEnter(account: Account, directory: string): Promise<boolean> {
  if (account === undefined) return true
  const { isSuccess } = await runProgram('/bin/sh', ['-c', 'cd "$0"', directory], account)
  return isSuccess
}

async function findUser(name: string): Promise<Account> {
  const users = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const fields = users
    .split('\n')
    .map((line) => line.split(':'))
    .find(([user]) => user === name)
  const uid = Number(fields?.[2])
  const gid = Number(fields?.[3])
  return uid > 0 && gid > 0 ? { uid, gid } : undefined
}
