'use client'

import type { ProblemCode } from '@tend/contracts'
import { ProblemError } from '@tend/contracts/client'
import { useEffect, useState } from 'react'
import { describeFailure, describeWait } from '../../api/describe-failure.ts'
import { isProblem } from '../../api/is-problem.ts'
import { leaveForLogin } from '../../api/leave-for-login.ts'
import { keepFormDraft, readFormDraft } from './form-drafts.ts'
import { type FieldName, type FieldProblems, findRefusedFields } from './form-problems.ts'

/** What came of the last try. Each try makes a new one, so that the focus goes to it again. */
export type FormRefusal = {
  /** What stands in the way, when it is not a field. */
  sentence: string | null
  fields: FieldProblems
  /** The code of the server's problem; null when the form itself or the connection is in the way. */
  code: ProblemCode | null
}

type AccountFormOptions<Values, Answer> = {
  /** Stands before the ids of the fields, where a page has several forms. */
  id?: string
  /** Takes from the form what is sent. */
  read: (typed: (name: FieldName) => string) => Values
  find: (values: Values) => FieldProblems
  send: (values: Values) => Promise<Answer>
  onSent: (answer: Answer, values: Values) => void
  /** The field with the password that shows who is asking, for those who are signed in. */
  proof?: FieldName
  /** Whose unsent words are kept over a new sign-in; passwords never are. */
  keepFor?: string
  /** Whether success leads to another page, until which the form stays busy. */
  isLeaving?: boolean
}

export type AccountFormState = ReturnType<typeof useAccountForm>

/** The work of every account form: looks through what is typed, sends it, and goes on or says what is wrong. */
export function useAccountForm<Values, Answer>(options: AccountFormOptions<Values, Answer>) {
  const { id, keepFor } = options
  const [refusal, setRefusal] = useState<FormRefusal | null>(null)
  const [isSending, setIsSending] = useState(false)
  const idOf = (name: FieldName) => (id === undefined ? name : `${id}-${name}`)
  const draft = keepFor === undefined || id === undefined ? null : `${keepFor}.${id}`

  useEffect(() => {
    if (draft === null) return
    for (const [name, value] of Object.entries(readFormDraft(draft))) {
      const input = document.getElementById(`${id}-${name}`)
      if (input instanceof HTMLInputElement) input.value = value
    }
  }, [id, draft])

  async function submit(form: FormData): Promise<void> {
    const values = options.read((name) => {
      const value = form.get(name)
      return typeof value === 'string' ? value : ''
    })
    const fields = options.find(values)
    if (Object.keys(fields).length > 0) return setRefusal({ sentence: null, fields, code: null })
    setIsSending(true)
    try {
      const answer = await options.send(values)
      if (draft !== null) keepFormDraft(draft, null)
      setRefusal(null)
      options.onSent(answer, values)
      if (!options.isLeaving) setIsSending(false)
    } catch (error) {
      if (isProblem(error, 'NO_SESSION')) return leaveForLogin()
      setIsSending(false)
      setRefusal(refusalOf(error, options.proof))
    }
  }

  return {
    refusal,
    isSending,
    submit,
    idOf,
    errorOf: (name: FieldName) => refusal?.fields[name] ?? null,
    /** Keeps what is typed so far. */
    keep: (form: FormData) => draft !== null && keepFormDraft(draft, form),
  }
}

function refusalOf(error: unknown, proof: FieldName | undefined): FormRefusal {
  if (!(error instanceof ProblemError)) {
    const failure = error instanceof Error ? error : new Error(String(error))
    return { sentence: describeFailure(failure), fields: {}, code: null }
  }
  return { code: error.problem.code, ...describeRefusal(error, proof) }
}

function describeRefusal(
  error: ProblemError,
  proof: FieldName | undefined,
): Omit<FormRefusal, 'code'> {
  switch (error.problem.code) {
    case 'INVALID_CREDENTIALS':
      if (proof !== undefined) {
        return { sentence: null, fields: { [proof]: 'This is not your password.' } }
      }
      return { sentence: 'Email or password is wrong. Check both and try again.', fields: {} }
    case 'EMAIL_NOT_VERIFIED':
      return {
        sentence: 'Confirm your email address first: a new mail with the link is on its way.',
        fields: {},
      }
    case 'EMAIL_TAKEN':
      return { sentence: null, fields: { email: 'There is already an account with this email.' } }
    case 'RATE_LIMITED': {
      const wait = describeWait(error.retryAfter)
      return {
        sentence: `Too many tries in a short time. Try again ${wait}; what you typed stays here.`,
        fields: {},
      }
    }
    case 'VALIDATION_FAILED': {
      const fields = findRefusedFields(error.problem)
      const isEmpty = Object.keys(fields).length === 0
      return { sentence: isEmpty ? describeFailure(error) : null, fields }
    }
    default:
      return { sentence: describeFailure(error), fields: {} }
  }
}
