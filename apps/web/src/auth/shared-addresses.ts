import { isLocalAddress } from '@tend/runtime/client-address'
import type { WebEnvironment } from '../env.ts'
import type { RateLimitRule } from './rate-limits.ts'

/** So many people may stand behind an address that tells nobody apart. */
const PEOPLE = 50

type Surroundings = Pick<WebEnvironment, 'WEB_URL' | 'TRUSTED_PROXIES'>

/**
 * Whether requests come through a proxy that nobody named: over https they must, because the web app speaks http only,
 * and with TRUSTED_PROXIES unset everybody seems to come from the proxy's own address.
 */
export function hasUnnamedProxy({ WEB_URL, TRUSTED_PROXIES }: Surroundings): boolean {
  return WEB_URL.startsWith('https:') && TRUSTED_PROXIES.length === 0
}

/**
 * Makes the rule for an address that may be everybody's: one person's mistakes must not lock out all. Accounts stay as
 * well guarded as ever, each by a limit of its own.
 */
export function createWidening(environment: Surroundings) {
  const isUnnamed = hasUnnamedProxy(environment)
  return (rule: RateLimitRule, address: string): RateLimitRule =>
    isUnnamed && isLocalAddress(address) ? { ...rule, max: rule.max * PEOPLE } : rule
}
