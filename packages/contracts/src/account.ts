import { z } from 'zod'
import { taskSchema, timestampSchema } from './task.ts'
import { text } from './text.ts'

const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email('Must be an email address').max(254))
  .meta({ format: 'email', maxLength: 254 })

/** A person with an account. */
export const userSchema = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    createdAt: timestampSchema,
    updatedAt: timestampSchema,
  })
  .meta({ id: 'User' })

/** What registering takes. Without a name, the part of the email before the @ becomes the name. */
export const registerSchema = z
  .strictObject({
    email: emailSchema,
    password: text({ min: 8, max: 128 }),
    name: text({ min: 1, max: 100, trim: true }).optional(),
  })
  .meta({ id: 'Register' })

/** What signing in takes. */
export const loginSchema = z
  .strictObject({ email: emailSchema, password: text({ min: 1, max: 128 }) })
  .meta({ id: 'Login' })

/** An access token; `expiresIn` is in seconds from now (RFC 6749, section 5.1). */
export const accessTokenSchema = z
  .object({
    accessToken: z.string(),
    tokenType: z.literal('Bearer'),
    expiresIn: z.int().positive(),
  })
  .meta({ id: 'AccessToken' })

/** The answer to registering and signing in. The session itself is in the cookie alone. */
export const authResultSchema = z
  .object({ user: userSchema, ...accessTokenSchema.shape })
  .meta({ id: 'AuthResult' })

/** Who is signed in, and until when. */
export const currentSessionSchema = z
  .object({
    user: userSchema,
    session: z.object({ id: z.uuid(), expiresAt: timestampSchema }),
  })
  .meta({ id: 'CurrentSession' })

const newPasswordSchema = registerSchema.shape.password
const givenPasswordSchema = loginSchema.shape.password

/** What changing one's own profile takes. */
export const updateProfileSchema = z
  .strictObject({ name: text({ min: 1, max: 100, trim: true }) })
  .meta({ id: 'UpdateProfile' })

/** What changing the password takes: the old one, too, so that an unlocked device is not enough. */
export const changePasswordSchema = z
  .strictObject({ currentPassword: givenPasswordSchema, newPassword: newPasswordSchema })
  .meta({ id: 'ChangePassword' })

/** What asking for another address takes. */
export const changeEmailSchema = z
  .strictObject({ newEmail: emailSchema, password: givenPasswordSchema })
  .meta({ id: 'ChangeEmail' })

/** What asking for a link for a new password takes. */
export const forgotPasswordSchema = z
  .strictObject({ email: emailSchema })
  .meta({ id: 'ForgotPassword' })

/** What setting a new password takes; `token` stands in the link of the mail. */
export const resetPasswordSchema = z
  .strictObject({ token: text({ min: 1, max: 256 }), newPassword: newPasswordSchema })
  .meta({ id: 'ResetPassword' })

/** What deleting the account takes. */
export const deleteAccountSchema = z
  .strictObject({ password: givenPasswordSchema })
  .meta({ id: 'DeleteAccount' })

/** One place where the person is signed in. `device` is read from what the browser said of itself. */
export const sessionSchema = z
  .object({
    id: z.uuid(),
    isCurrent: z.boolean(),
    device: z.string().meta({ examples: ['Firefox on Linux'] }),
    address: z.string().nullable(),
    createdAt: timestampSchema,
    lastUsedAt: timestampSchema,
    expiresAt: timestampSchema,
  })
  .meta({ id: 'Session' })

/** All sessions that have not ended, the latest used first. */
export const sessionListSchema = z
  .object({ items: z.array(sessionSchema) })
  .meta({ id: 'SessionList' })

/** Everything that is stored about a person. */
export const accountExportSchema = z
  .object({
    version: z.literal(1),
    exportedAt: timestampSchema,
    user: userSchema,
    sessions: z.array(sessionSchema.omit({ isCurrent: true })),
    tasks: z.array(taskSchema),
  })
  .meta({ id: 'AccountExport' })

export type Session = z.infer<typeof sessionSchema>
export type AccountExport = z.infer<typeof accountExportSchema>
export type User = z.infer<typeof userSchema>
export type Register = z.infer<typeof registerSchema>
export type Login = z.infer<typeof loginSchema>
export type AccessToken = z.infer<typeof accessTokenSchema>
export type AuthResult = z.infer<typeof authResultSchema>
export type CurrentSession = z.infer<typeof currentSessionSchema>
