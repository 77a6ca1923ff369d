import {
  createHash,
  createHmac,
  generateKeyPairSync,
  randomBytes,
  randomUUID,
  sign as signWithKey,
} from 'node:crypto'
import { accessTokenKeyId } from '@tend/contracts/access-token'
import {
  audience,
  encode,
  issuer,
  kid,
  makeToken,
  previousSecret,
  secret,
  sign,
  signSegments,
  timeToLive,
} from './test-tokens.ts'

type Forgery = [name: string, make: () => string | Promise<string>]

const now = Math.floor(Date.now() / 1000)
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const publicKey = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString()
const strangerSecret = randomBytes(32).toString('base64url')

const withClaims = (claims: Record<string, unknown>) => makeToken({ claims })
const withHeader = (header: Record<string, unknown>) => makeToken({ header })
const withPayload = (payload: string) => makeToken({ payload })

/** The header and the claims of a good token as text, for those who write JSON by hand. */
const goodHeader = JSON.stringify({ alg: 'HS256', typ: 'at+jwt', kid })
const goodPayload = () => Buffer.from(segmentsOf(makeToken())[1], 'base64url').toString()

function segmentsOf(token: string): [header: string, payload: string, signature: string] {
  const [header = '', payload = '', signature = ''] = token.split('.')
  return [header, payload, signature]
}

/** Takes a good token apart and puts it together otherwise. */
function rebuilt(build: (header: string, payload: string, signature: string) => string): string {
  return build(...segmentsOf(makeToken()))
}

/** A token of exactly this many characters, otherwise good. */
export function makeTokenOfLength(length: number): string {
  // Base64url has no text of 4n + 1 characters: a space in the header helps out.
  for (let size = length / 2; size < length; size += 1) {
    const payload = goodPayload().replace('{', `{"padding":"${'x'.repeat(size)}",`)
    for (const space of ['', ' ']) {
      const token = sign(goodHeader + space, payload, secret)
      if (token.length === length) return token
    }
  }
  throw new Error(`No token has ${length} characters`)
}

function signedByRsa(header: Record<string, unknown>): string {
  const input = `${encode(JSON.stringify(header))}.${encode(goodPayload())}`
  const signature = signWithKey('sha256', Buffer.from(input), rsa.privateKey)
  return `${input}.${signature.toString('base64url')}`
}

function signedBySha(bits: 384 | 512): string {
  const header = JSON.stringify({ alg: `HS${bits}`, typ: 'at+jwt', kid })
  const input = `${encode(header)}.${encode(goodPayload())}`
  return `${input}.${createHmac(`sha${bits}`, secret).update(input).digest('base64url')}`
}

/** Another spelling of the same signature: its last character carries two bits that no byte needs. */
function respellSignature(token: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return token.slice(0, -1) + alphabet.charAt(alphabet.indexOf(token.slice(-1)) + 1)
}

/** Tokens that must be refused, by the reason the log is given. Each is good but for what its name says. */
export const forgeries: Record<string, Forgery[]> = {
  too_long: [
    ['4,097 characters', () => makeTokenOfLength(4097)],
    ['far too many characters', () => withClaims({ padding: 'x'.repeat(9_000) })],
  ],
  bad_shape: [
    ['only dots', () => '..'],
    ['one segment', () => rebuilt((header) => header)],
    ['two segments', () => rebuilt((header, payload) => `${header}.${payload}`)],
    ['four segments', () => `${makeToken()}.AAAA`],
    ['five segments, as an encrypted token', () => `${makeToken()}.AAAA.AAAA`],
    ['an empty header', () => rebuilt((_, payload) => signSegments(`.${payload}`, secret))],
    ['an empty payload', () => rebuilt((header) => signSegments(`${header}.`, secret))],
    ['an empty signature', () => rebuilt((header, payload) => `${header}.${payload}.`)],
    ['alg none and no signature', () => `${encode('{"alg":"none"}')}.${encode(goodPayload())}.`],
    ['a padded signature', () => `${makeToken()}=`],
    ['a padded payload', () => rebuilt((h, payload) => signSegments(`${h}.${payload}==`, secret))],
    ['a padded header', () => rebuilt((header, p) => signSegments(`${header}=.${p}`, secret))],
    ['base64 instead of base64url', () => rebuilt((h, p) => signSegments(`${h}.${p}+/`, secret))],
    ['a space inside', () => makeToken().replace('.', ' .')],
    ['a tab inside', () => makeToken().replace('.', '\t.')],
    ['a no-break space behind it', () => `${makeToken()}\u00a0`],
    ['quotes around it', () => `"${makeToken()}"`],
    ['a signature that is cut short', () => makeToken().slice(0, -1)],
    ['a signature with a further character', () => `${makeToken()}A`],
    ['altered trailing bits of the signature', () => respellSignature(makeToken())],
    ['HS384', () => signedBySha(384)],
    ['HS512', () => signedBySha(512)],
    ['RS256 with a key of its own', () => signedByRsa({ alg: 'RS256', typ: 'at+jwt', kid })],
    ['a second token behind it', () => `${makeToken()} ${makeToken()}`],
    ['a second token behind a comma', () => `${makeToken()},${makeToken()}`],
    [
      'a second whole credential, as from two headers',
      () => `${makeToken()}, Bearer ${makeToken()}`,
    ],
    ['the scheme twice', () => `Bearer ${makeToken()}`],
  ],
  bad_header: [
    ['alg none and a signature', () => withHeader({ alg: 'none' })],
    ['alg nOnE', () => withHeader({ alg: 'nOnE' })],
    ['alg in lower case', () => withHeader({ alg: 'hs256' })],
    ['alg RS256 over an HMAC signature', () => withHeader({ alg: 'RS256' })],
    ['no alg', () => withHeader({ alg: undefined })],
    ['no kid', () => withHeader({ kid: undefined })],
    ['an empty kid', () => withHeader({ kid: '' })],
    ['a number as kid', () => withHeader({ kid: 1 })],
    ['the kid in an array', () => withHeader({ kid: [kid] })],
    ['no typ', () => withHeader({ typ: undefined })],
    ['typ JWT', () => withHeader({ typ: 'JWT' })],
    ['typ in upper case', () => withHeader({ typ: 'AT+JWT' })],
    ['typ with its prefix', () => withHeader({ typ: 'application/at+jwt' })],
    ['crit', () => withHeader({ crit: ['exp'], exp: 1 })],
    ['an unencoded payload (b64)', () => withHeader({ b64: false, crit: ['b64'] })],
    ['b64 true', () => withHeader({ b64: true })],
    ['a further header key', () => withHeader({ cty: 'JWT' })],
    ['a key in the header (jwk)', () => withHeader({ jwk: { kty: 'oct', k: encode(secret) } })],
    ['the address of keys (jku)', () => withHeader({ jku: 'https://evil.example/keys' })],
    ['the address of a certificate (x5u)', () => withHeader({ x5u: 'https://evil.example/c' })],
    ['a certificate (x5c)', () => withHeader({ x5c: ['AAAA'] })],
    ['compression (zip)', () => withHeader({ zip: 'DEF' })],
    ['an array as header', () => sign(`["HS256","at+jwt","${kid}"]`, goodPayload(), secret)],
    ['a header that is no JSON', () => sign('alg=HS256', goodPayload(), secret)],
    [
      'a header key twice',
      () => sign(`{"alg":"none",${goodHeader.slice(1)}`, goodPayload(), secret),
    ],
    [
      'a header key twice, once escaped',
      () => sign(`{"\\u0061lg":"none",${goodHeader.slice(1)}`, goodPayload(), secret),
    ],
  ],
  unknown_key: [
    ['an unknown kid', () => withHeader({ kid: 'AAAAAAAAAAAAAAAA' })],
    ['the kid __proto__', () => withHeader({ kid: '__proto__' })],
    ['the kid constructor', () => withHeader({ kid: 'constructor' })],
    ['a path as kid', () => withHeader({ kid: '../../../../dev/null' })],
    [
      'another secret and its kid',
      async () =>
        makeToken({ key: strangerSecret, header: { kid: await accessTokenKeyId(strangerSecret) } }),
    ],
    [
      'a public key as the secret and its kid',
      async () => makeToken({ key: publicKey, header: { kid: await accessTokenKeyId(publicKey) } }),
    ],
  ],
  bad_signature: [
    ['another secret under our kid', () => makeToken({ key: strangerSecret })],
    ['a public key as the secret under our kid', () => makeToken({ key: publicKey })],
    ['the previous secret under the kid of the current', () => makeToken({ key: previousSecret })],
    ['a key of one byte', () => makeToken({ key: Buffer.from([0]) })],
    ['an empty key', () => makeToken({ key: '' })],
    ['the kid as the key', () => makeToken({ key: kid })],
    ['the decoded secret as the key', () => makeToken({ key: Buffer.from(secret, 'base64url') })],
    [
      'a hash for a signature',
      () => rebuilt((h, p) => `${h}.${p}.${createHash('sha256').update(h).digest('base64url')}`),
    ],
    [
      'the signature of another token',
      () => rebuilt((header, payload) => `${header}.${payload}.${segmentsOf(makeToken())[2]}`),
    ],
    [
      'an altered payload under the old signature',
      () => rebuilt((h, _, s) => `${h}.${encode(goodPayload().replace('ada@', 'eve@'))}.${s}`),
    ],
    [
      'an altered header under the old signature',
      () => rebuilt((_, p, s) => `${encode(`${goodHeader.slice(0, -1)} }`)}.${p}.${s}`),
    ],
  ],
  expired: [
    ['exp 10 s ago', () => withClaims({ iat: now - 200, exp: now - 10 })],
    ['exp a minute ago', () => withClaims({ iat: now - 200, exp: now - 60 })],
    ['exp 1970', () => withClaims({ exp: 0 })],
  ],
  bad_claim_exp: [
    ['no exp', () => withClaims({ exp: undefined })],
    ['exp as text', () => withClaims({ exp: String(now + 60) })],
    ['exp null', () => withClaims({ exp: null })],
  ],
  bad_claim_iat: [
    ['no iat', () => withClaims({ iat: undefined })],
    ['iat a minute ahead', () => withClaims({ iat: now + 60, exp: now + 120 })],
    ['iat as text', () => withClaims({ iat: String(now) })],
  ],
  bad_claim_nbf: [
    ['nbf a minute ahead', () => withClaims({ nbf: now + 60 })],
    ['nbf as text', () => withClaims({ nbf: 'now' })],
  ],
  bad_lifetime: [
    ['exp in a far future', () => withClaims({ exp: now + 10 ** 9 })],
    ['exp a second too late', () => withClaims({ iat: now, exp: now + timeToLive + 1 })],
    ['exp before iat', () => withClaims({ iat: now, exp: now - 2 })],
  ],
  bad_claim_iss: [
    ['another issuer', () => withClaims({ iss: 'http://evil.test' })],
    ['the issuer with a slash', () => withClaims({ iss: `${issuer}/` })],
    ['the issuer in an array', () => withClaims({ iss: [issuer] })],
    ['no issuer', () => withClaims({ iss: undefined })],
  ],
  bad_claim_aud: [
    ['another audience', () => withClaims({ aud: 'http://other-api.test' })],
    ['the issuer as audience', () => withClaims({ aud: issuer })],
    ['no audience', () => withClaims({ aud: undefined })],
  ],
  bad_claim_sub: [['no sub', () => withClaims({ sub: undefined })]],
  bad_claim_sid: [['no sid', () => withClaims({ sid: undefined })]],
  bad_claim_email: [['no email', () => withClaims({ email: undefined })]],
  bad_claim_jti: [['no jti', () => withClaims({ jti: undefined })]],
  bad_claims: [
    ['our audience among others', () => withClaims({ aud: [audience, 'http://other.test'] })],
    ['our audience in an array', () => withClaims({ aud: [audience] })],
    ['a sub that is no UUID', () => withClaims({ sub: 'admin' })],
    ['a number as sub', () => withClaims({ sub: 1 })],
    ['SQL as sub', () => withClaims({ sub: "' or true --" })],
    ['a sid that is no UUID', () => withClaims({ sid: '1' })],
    ['an empty jti', () => withClaims({ jti: '' })],
    ['a number as jti', () => withClaims({ jti: 7 })],
    ['exp as a fraction', () => withClaims({ exp: now + 60.5 })],
    [
      'exp beyond all numbers',
      () => withPayload(goodPayload().replace(/"exp":\d+/, '"exp":1e999')),
    ],
    ['a claim twice', () => withPayload(`{"sub":"${randomUUID()}",${goodPayload().slice(1)}`)],
    [
      'a claim twice, once escaped',
      () => withPayload(`{"\\u0073ub":"${randomUUID()}",${goodPayload().slice(1)}`),
    ],
    [
      'a name twice in a nested claim',
      () => withPayload(goodPayload().replace('{', '{"act":{"sub":"a","sub":"b"},')),
    ],
  ],
  malformed: [
    ['a payload that is no JSON', () => withPayload('sub=admin')],
    ['an array as payload', () => withPayload(`[${goodPayload()}]`)],
    ['null as payload', () => withPayload('null')],
  ],
}
