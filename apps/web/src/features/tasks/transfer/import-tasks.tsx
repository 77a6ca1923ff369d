'use client'

import { useRef, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { useOnDemand } from '../../../components/ui/use-on-demand.ts'

const loadDialog = () => import('./import-dialog.tsx')

/** Chooses a file and hands it to the dialog that shows what is in it. */
export function ImportTasks() {
  const { part, preload, demand } = useOnDemand(loadDialog)
  const [file, setFile] = useState<File | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const button = useRef<HTMLButtonElement>(null)

  function choose(chosen: File | undefined): void {
    if (chosen === undefined) return
    setFile(chosen)
    void demand()
    // The same file may be chosen again after it was put right.
    if (input.current !== null) input.current.value = ''
  }

  return (
    <>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        aria-label="File to import"
        tabIndex={-1}
        hidden
        onChange={(event) => choose(event.target.files?.[0])}
      />
      <Button
        ref={button}
        look="quiet"
        onPointerEnter={preload}
        onFocus={preload}
        onClick={() => input.current?.click()}
      >
        Import…
      </Button>
      {part !== null && file !== null && (
        <part.ImportDialog
          file={file}
          onClose={() => setFile(null)}
          onReturnFocus={() => button.current?.focus()}
        />
      )}
    </>
  )
}
