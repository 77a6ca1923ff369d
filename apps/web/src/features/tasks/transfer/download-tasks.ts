import type { TaskExportFormat, TendClient } from '@tend/contracts/client'
import { saveFile } from '../../../components/save-file.ts'

/** Hands the person all their tasks outside the trash as a file. The browser keeps what arrives, not the page. */
export async function downloadTasks(tend: TendClient, format: TaskExportFormat): Promise<void> {
  const answer = await tend.exportTasks(format)
  const day = new Date().toISOString().slice(0, 10)
  saveFile(`tend-tasks-${day}.${format}`, await answer.blob())
}
