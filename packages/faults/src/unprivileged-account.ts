import { chown } from 'node:fs/promises'

const nobody = 65_534

/** Whom programs run as that refuse to be root; whoever is not root runs them as themselves. */
export const unprivilegedAccount =
  process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : undefined

/** Gives files to that account. */
export async function giveToUnprivilegedAccount(...files: string[]): Promise<void> {
  if (unprivilegedAccount === undefined) return
  for (const file of files) await chown(file, unprivilegedAccount.uid, unprivilegedAccount.gid)
}
