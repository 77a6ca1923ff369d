// The one public entry of the package: everything a server or a client of Tend may name.
export * from './account.ts'
export { accountContract } from './account-contract.ts'
export { authContract } from './auth-contract.ts'
export * from './problem.ts'
export * from './task.ts'
export { tasksContract } from './tasks-contract.ts'
