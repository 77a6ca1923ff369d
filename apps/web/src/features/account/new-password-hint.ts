/** The rules of a new password, said before it is typed. */
export const newPasswordHint =
  'At least 8 characters, none of the common ones. A few words work well.'
