'use client'

import { AlertDialog } from 'radix-ui'
import { Button } from './button.tsx'
import { dialogClass, scrimClass } from './dialog.tsx'

type ConfirmDialogProps = {
  question: string
  /** What follows from saying yes. */
  consequence: string
  /** The verb of saying yes. */
  confirmLabel: string
  /** The words of saying no. */
  cancelLabel?: string
  onConfirm: () => void
  onCancel: () => void
  /** Puts the focus where it belongs when the dialog has closed. */
  onReturnFocus: () => void
}

/** Asks before something that cannot be taken back. The focus starts on the answer that changes nothing. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <AlertDialog.Root open onOpenChange={(isOpen) => !isOpen && props.onCancel()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay data-scrim className={scrimClass} />
        <AlertDialog.Content
          className={dialogClass}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            props.onReturnFocus()
          }}
        >
          <AlertDialog.Title className="font-medium text-title [overflow-wrap:anywhere]">
            {props.question}
          </AlertDialog.Title>
          <AlertDialog.Description className="mt-1.5 text-ink-muted">
            {props.consequence}
          </AlertDialog.Description>
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button look="quiet">{props.cancelLabel ?? 'Keep it'}</Button>
            </AlertDialog.Cancel>
            <Button look="danger" onClick={props.onConfirm}>
              {props.confirmLabel}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
