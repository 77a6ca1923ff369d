import { CircleAlert } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'

/** The class of the box people type into. */
export const inputClass =
  'w-full min-w-0 rounded-control border border-line-control bg-paper-raised px-3 text-ink text-typed aria-invalid:border-danger'

type FieldProps = {
  id: string
  label: string
  hint?: ReactNode
  /** What is wrong and how to put it right; null when nothing is. */
  error: ReactNode | null
}

type FieldFrameProps = FieldProps & {
  children: (control: {
    id: string
    'aria-invalid': true | undefined
    'aria-describedby': string | undefined
  }) => ReactNode
}

/** A label, a control, and under it the hint or what is wrong. */
export function Field({ id, label, hint, error, children }: FieldFrameProps) {
  const messageId = `${id}-message`
  const hasMessage = error !== null || hint !== undefined
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium text-body">
        {label}
      </label>
      {children({
        id,
        'aria-invalid': error === null ? undefined : true,
        'aria-describedby': hasMessage ? messageId : undefined,
      })}
      {error !== null ? (
        <p id={messageId} className="flex gap-1.5 text-danger text-meta">
          <CircleAlert aria-hidden size={16} strokeWidth={1.75} className="mt-0.5 shrink-0" />
          <span>{error}</span>
        </p>
      ) : (
        hint !== undefined && (
          <p id={messageId} className="text-ink-muted text-meta">
            {hint}
          </p>
        )
      )}
    </div>
  )
}

/** A line of text with its label. */
export function TextField({
  id,
  label,
  hint,
  error,
  ...input
}: FieldProps & Omit<ComponentProps<'input'>, 'className' | 'id'>) {
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      {(control) => (
        <input {...input} {...control} className={`${inputClass} h-10 pointer-coarse:h-12`} />
      )}
    </Field>
  )
}
