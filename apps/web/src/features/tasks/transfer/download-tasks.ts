import type { TaskExportFormat } from '@tend/contracts/client'
import { calendarDay } from '@tend/quick-add/calendar-day'
import type { Tend } from '../../../api/create-tend.ts'
import { saveFile } from '../../../components/save-file.ts'

/** Hands the person all their tasks outside the trash as a file. The browser keeps what arrives, not the page. */
export async function downloadTasks(tend: Tend, format: TaskExportFormat): Promise<void> {
  const client = await tend.open()
  const answer = await client.exportTasks(format)
  saveFile(`tend-tasks-${calendarDay(new Date())}.${format}`, await answer.blob())
}
