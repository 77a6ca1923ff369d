'use client'

import type { AuthResult } from '@tend/contracts'
import { ProblemError } from '@tend/contracts/client'
import { useState } from 'react'
import { describeFailure, describeWait } from '../../api/describe-failure.ts'
import { tellOtherTabs } from './account-channel.ts'
import type { FormRefusal } from './account-form.tsx'
import {
  type AccountValues,
  type FieldName,
  type FieldProblems,
  findRefusedFields,
} from './form-problems.ts'

type AccountFormOptions = {
  find: (values: AccountValues) => FieldProblems
  send: (values: AccountValues) => Promise<AuthResult>
  /** A path of this site. */
  next: string
}

/** The work of both account forms: looks through what is typed, sends it, and goes on or says what is wrong. */
export function useAccountForm({ find, send, next }: AccountFormOptions) {
  const [refusal, setRefusal] = useState<FormRefusal | null>(null)
  const [isEmailTaken, setIsEmailTaken] = useState(false)
  const [isSending, setIsSending] = useState(false)

  async function submit(form: FormData): Promise<void> {
    const values = readValues(form)
    setIsEmailTaken(false)
    const fields = find(values)
    if (Object.keys(fields).length > 0) return setRefusal({ sentence: null, fields })
    setIsSending(true)
    try {
      const { user } = await send(values)
      tellOtherTabs(user.id)
      // A fresh page, in place of the form: Back leads to where the person came from.
      window.location.replace(next)
    } catch (error) {
      setIsSending(false)
      setIsEmailTaken(error instanceof ProblemError && error.problem.code === 'EMAIL_TAKEN')
      setRefusal(refusalOf(error))
    }
  }

  const errorOf = (name: FieldName) => refusal?.fields[name] ?? null
  return { refusal, isEmailTaken, isSending, submit, errorOf }
}

function readValues(form: FormData): AccountValues {
  const read = (name: FieldName) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  const name = read('name').trim()
  return { email: read('email'), password: read('password'), ...(name !== '' && { name }) }
}

function refusalOf(error: unknown): FormRefusal {
  if (!(error instanceof ProblemError)) {
    const failure = error instanceof Error ? error : new Error(String(error))
    return { sentence: describeFailure(failure), fields: {} }
  }
  switch (error.problem.code) {
    case 'INVALID_CREDENTIALS':
      return { sentence: 'Email or password is wrong. Check both and try again.', fields: {} }
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
