import { type AuthResult, authContract, type User } from '@tend/contracts'
import type { AccessTokenClaims } from '@tend/contracts/access-token'
import { expectTypeOf } from 'vitest'
import {
  type ContractHandlers,
  type RouteResponse,
  serveContract,
} from '../http/contract-adapter.ts'
import type { SignedIn } from './current-session.ts'

// What must not compile. `tsc` checks this file; nothing runs it.

type Routes = typeof authContract
declare const user: User
declare const result: AuthResult

const token = { accessToken: 'a.b.c', tokenType: 'Bearer', expiresIn: 300 } as const
export const good: RouteResponse<Routes['token']>[] = [{ status: 200, body: token }]

export const wrong = {
  // @ts-expect-error a field is missing from the body
  missingField: { status: 200, body: { accessToken: 'a.b.c', tokenType: 'Bearer' } },
  // @ts-expect-error a field has another type
  otherType: { status: 200, body: { ...token, expiresIn: '300' } },
  // @ts-expect-error a field has a value the contract does not know
  otherValue: { status: 200, body: { ...token, tokenType: 'MAC' } },
  // @ts-expect-error the route never answers 201
  undeclaredStatus: { status: 201, body: token },
  // @ts-expect-error a success has no problem for a body
  problemAsSuccess: { status: 200, body: { code: 'NO_SESSION', status: 401 } },
  // @ts-expect-error a refusal has no token for a body
  tokenAsProblem: { status: 401, body: token },
} satisfies Record<string, RouteResponse<Routes['token']>>

export const wrongUsers = {
  // @ts-expect-error the user has lost a field
  missing: { status: 201, body: { ...result, user: { id: user.id, email: user.email } } },
  // @ts-expect-error a date is no timestamp
  date: { status: 201, body: { ...result, user: { ...user, createdAt: new Date() } } },
} satisfies Record<string, RouteResponse<Routes['register']>>

export const wrongClaims = {
  // @ts-expect-error a claim is missing
  missing: { sub: '', email: '', sid: '', iss: '', aud: '', iat: 0, exp: 0 },
  // @ts-expect-error a claim has another name
  renamed: { userId: '', email: '', sid: '', iss: '', aud: '', iat: 0, exp: 0, jti: '' },
  // @ts-expect-error a claim has another type
  retyped: { sub: '', email: '', sid: '', iss: '', aud: [''], iat: 0, exp: 0, jti: '' },
  // @ts-expect-error a claim is not in the contract
  extra: { sub: '', email: '', sid: '', iss: '', aud: '', iat: 0, exp: 0, jti: '', role: '' },
} satisfies Record<string, AccessTokenClaims>

declare const handlers: ContractHandlers<Routes>
const { logout, ...withoutLogout } = handlers
// @ts-expect-error a route has no handler
serveContract(authContract, () => {}, withoutLogout)

expectTypeOf<Parameters<typeof handlers.login>[0]['body']>().toEqualTypeOf<{
  email: string
  password: string
}>()
expectTypeOf<SignedIn['user']>().toEqualTypeOf<User>()
expectTypeOf(logout).returns.resolves.toHaveProperty('status').toExtend<number>()
