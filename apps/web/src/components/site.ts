/** What the heads of all pages say of Tend. */
export const site = {
  name: 'Tend',
  description: 'A task list that stays out of the way. It runs on your own server.',
}
