import type { BetterAuthOptions } from 'better-auth'

const timestamps = { createdAt: 'created_at', updatedAt: 'updated_at' }

/**
 * What Better Auth must be told of the tables: their names and columns, UUID ids made by the database, and rate
 * limits kept in it. Spread into `betterAuth({ ...betterAuthTables, … })`; where a key is set again, spread
 * the inner object as well (`advanced: { ...betterAuthTables.advanced, … }`).
 */
export const betterAuthTables = {
  user: {
    modelName: 'user',
    fields: { emailVerified: 'email_verified', ...timestamps },
  },
  session: {
    modelName: 'session',
    fields: {
      userId: 'user_id',
      expiresAt: 'expires_at',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
      ...timestamps,
    },
  },
  account: {
    modelName: 'account',
    fields: {
      userId: 'user_id',
      accountId: 'account_id',
      providerId: 'provider_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      ...timestamps,
    },
  },
  verification: {
    modelName: 'verification',
    fields: { expiresAt: 'expires_at', ...timestamps },
  },
  rateLimit: {
    storage: 'database',
    modelName: 'rate_limit',
    fields: { lastRequest: 'last_request' },
  },
  // One query for an account and its password: with two, the second would tell by its time that there is an account.
  advanced: { database: { generateId: 'uuid', joins: true } },
} satisfies BetterAuthOptions
