import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose'
import { expect, it } from 'vitest'
import { setUpTend } from './set-up-tend.ts'

const LIFE = 300

const { tend, ada } = await setUpTend()

/** The token that a web server would issue at this moment whose clock is off by so many seconds, issued so long ago. */
async function issueToken({ skew, age }: { skew: number; age: number }): Promise<string> {
  const { typ, kid } = decodeProtectedHeader(ada.token)
  const iat = Math.floor(Date.now() / 1000) - age + skew
  return new SignJWT({ ...decodeJwt(ada.token), iat, exp: iat + LIFE })
    .setProtectedHeader({ alg: 'HS256', ...(typ && { typ }), ...(kid && { kid }) })
    .sign(Buffer.from(tend.environment.JWT_SECRET ?? ''))
}

it.each([
  { name: 'four seconds ahead', skew: 4, age: 0, status: 200 },
  { name: 'a minute ahead', skew: 60, age: 0, status: 401 },
  {
    name: 'four seconds behind, at the end of the life of a token',
    skew: -4,
    age: LIFE,
    status: 200,
  },
  { name: 'a minute behind, at the end of the life of a token', skew: -60, age: LIFE, status: 401 },
])('a web server whose clock is $name', async ({ skew, age, status }) => {
  const headers = { authorization: `Bearer ${await issueToken({ skew, age })}` }
  expect((await fetch(`${tend.apiUrl}/api/tasks`, { headers })).status).toBe(status)
})
