import { createHash, randomBytes } from 'node:crypto'
import type { createAuthMiddleware } from 'better-auth/api'

type AuthContext = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0]

/** The longest that browsers keep a cookie (RFC 6265bis, section 5.5), in seconds. */
const LIFETIME = 400 * 24 * 3600

/** Accounts that one browser is remembered for: a family's, and no longer cookie than that. */
const MOST_ACCOUNTS = 5

/** The device's own random id, and a mark for each account that has signed in from it. */
const valueShape = /^(?<id>[\w-]{22})(?<marks>(?::[\w-]{22}){1,5})$/

type Device = { id: string; marks: string[] }

/**
 * The name under which a browser's tries for an account are counted, if the account has signed in from it before: its
 * owner then gets in while strangers have used up theirs. Null for any other browser.
 *
 * Source: OWASP, "Slow down online guessing attacks with device cookies".
 */
export async function findKnownDevice(ctx: AuthContext, email: string): Promise<string | null> {
  const device = await readDevice(ctx)
  if (device === null) return null
  const mark = markOf(device.id, email)
  return device.marks.includes(mark) ? `device|${device.id}|${mark}` : null
}

/** Remembers in a signed cookie that an account has signed in from this browser. The cookie opens nothing. */
export async function rememberDevice(ctx: AuthContext, email: string): Promise<void> {
  const { id, marks } = (await readDevice(ctx)) ?? {
    id: randomBytes(16).toString('base64url'),
    marks: [],
  }
  const all = new Set([markOf(id, email), ...marks])
  const value = [id, ...[...all].slice(0, MOST_ACCOUNTS)].join(':')
  const { name, attributes } = describeCookie(ctx)
  await ctx.setSignedCookie(name, value, ctx.context.secret, attributes)
}

async function readDevice(ctx: AuthContext): Promise<Device | null> {
  const value = await ctx.getSignedCookie(describeCookie(ctx).name, ctx.context.secret)
  const { id, marks } = valueShape.exec(value || '')?.groups ?? {}
  return id && marks ? { id, marks: marks.slice(1).split(':') } : null
}

function describeCookie(ctx: AuthContext) {
  return ctx.context.createAuthCookie('device', { maxAge: LIFETIME })
}

/** Stands for an account, and tells whoever reads the cookie nothing about it. */
function markOf(id: string, email: string): string {
  return createHash('sha256').update(`${id}|${email}`).digest('base64url').slice(0, 22)
}
