import { APIError, type createAuthMiddleware } from 'better-auth/api'
import { decodeJwt } from 'jose'
import type { Database } from '../database.ts'

type AuthContext = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0]

/** Better Auth's mark of a token that changes an address; other links of its route only confirm one. */
const addressClaim = 'updateTo'

/**
 * Notes the link that confirms a new address as the one that counts: an earlier one, to an address that was mistyped, no
 * longer does. To Better Auth such a link is a signed text, good until its time is up.
 */
export async function openEmailChangeLink(
  { context }: AuthContext,
  { userId, token, lifetime }: { userId: string; token: string; lifetime: number },
): Promise<void> {
  const value = ownerOf(userId)
  await context.adapter.deleteMany({ model: 'verification', where: [{ field: 'value', value }] })
  await context.internalAdapter.createVerificationValue({
    identifier: nameOf(token),
    value,
    expiresAt: new Date(Date.now() + lifetime * 1000),
  })
}

/**
 * Refuses a link to change the address that was ended. Whoever changes their password because a stranger knows it must
 * not lose the account to the address that the stranger asked for before.
 *
 * Source: OWASP, authentication cheat sheet, "Changing a user's registered email address".
 */
export async function checkEmailChangeLink({ query, context }: AuthContext): Promise<void> {
  const token = String(query?.token)
  if (!changesAddress(token)) return
  const link = await context.internalAdapter.findVerificationValue(nameOf(token))
  if (!link) throw new APIError('UNAUTHORIZED', { code: 'TOKEN_EXPIRED' })
}

/** Ends all links of a person: for a new password and for a new address. */
export async function endLinks(database: Database, userId: string): Promise<void> {
  await database
    .deleteFrom('verification')
    .where('value', 'in', [userId, ownerOf(userId)])
    .execute()
}

/** What is no token at all is left to Better Auth, which checks the signature. */
function changesAddress(token: string): boolean {
  try {
    return decodeJwt(token)[addressClaim] !== undefined
  } catch {
    return false
  }
}

function nameOf(token: string): string {
  return `change-email:${token}`
}

function ownerOf(userId: string): string {
  return `change-email:${userId}`
}
