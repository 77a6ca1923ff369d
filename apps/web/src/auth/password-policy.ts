import { type ProblemField, registerSchema } from '@tend/contracts'
import { dictionary } from '@zxcvbn-ts/language-common'

let commonPasswords: ReadonlySet<string> | undefined

/**
 * What is wrong with a new password, or null: it has 8 to 128 characters, is not among the most common ones, and is not
 * the person's email in disguise. `path` says where the password stands in the request.
 *
 * Source: NIST SP 800-63B-4, section 3.1.1.2; OWASP ASVS 5.0, 6.2.4.
 */
export function findPasswordProblem(
  password: unknown,
  path: string[],
  email?: string,
): ProblemField | null {
  const length = registerSchema.shape.password.safeParse(password)
  const issue = length.error?.issues[0]
  if (issue) return { path, code: issue.code, message: issue.message }
  if (typeof password !== 'string') return null
  const spelled = password.normalize('NFKC').toLowerCase()
  if (isCommonPassword(spelled)) {
    const message = 'Is one of the most common passwords. Choose one that is harder to guess'
    return { path, code: 'too_common', message }
  }
  if (email === undefined || !isMadeOfEmail(spelled, email.toLowerCase())) return null
  const message = 'Must not be made of your email address. Choose one that is harder to guess'
  return { path, code: 'contains_email', message }
}

/** So many characters beside the name of an email are what people append to it, as in `ada.lovelace1!`. */
const FEW_CHARACTERS = 3

/** Whether a password contains the email, or is hardly more than the part of it before the @. */
function isMadeOfEmail(password: string, email: string): boolean {
  if (password.includes(email)) return true
  const [name = ''] = email.split('@', 1)
  return password.includes(name) && password.length - name.length <= FEW_CHARACTERS
}

function isCommonPassword(spelled: string): boolean {
  commonPasswords ??= new Set([...dictionary['passwords-common'], ...commonDates])
  return commonPasswords.has(spelled) || isRepetition(spelled) || isRun(spelled)
}

// Of the ten thousand most common passwords with eight characters or more, these are in no dictionary and no pattern.
const commonDates = ['01012009', '01022010']

/** One piece over and over, as in `88888888` or `abcabcabc`; the dictionary leaves these out. */
function isRepetition(password: string): boolean {
  return /^(.+?)\1+$/su.test(password)
}

const runs = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  '1234567890-=',
  'qwertyuiop[]',
  "asdfghjkl;'",
  'zxcvbnm,./',
]

/** Neighbours in the alphabet or on a keyboard, forwards or backwards; the dictionary leaves most of these out. */
function isRun(password: string): boolean {
  const reversed = [...password].reverse().join('')
  return runs.some((run) => run.includes(password) || run.includes(reversed))
}
