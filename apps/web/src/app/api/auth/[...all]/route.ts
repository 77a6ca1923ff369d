import { handleAuthRequest } from '../../../../auth/auth.ts'

export {
  handleAuthRequest as DELETE,
  handleAuthRequest as GET,
  handleAuthRequest as OPTIONS,
  handleAuthRequest as PATCH,
  handleAuthRequest as POST,
  handleAuthRequest as PUT,
}
