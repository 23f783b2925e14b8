import {
  type CancellationToken,
  commands,
  type Disposable,
  type Progress,
  ProgressLocation,
  window,
} from 'vscode';
import { ExecuteCommandRequest } from 'vscode-languageclient/node';
import {
  LINT_WORKSPACE,
  type LintWorkspaceParams,
  type Outcome,
  ServerCommand,
  type WorkspaceSummary,
} from '#protocol';
import type { Server } from './client.ts';
import { counted } from './status.ts';

type Reporter = Progress<{ readonly message?: string; readonly increment?: number }>;

const NOTIFICATION = {
  location: ProgressLocation.Notification,
  title: 'asynclint',
  cancellable: true,
};

/** Lints all files of the workspace, and says what it came to; nothing when that was cancelled. */
export async function lintWorkspace(server: Server): Promise<WorkspaceSummary | undefined> {
  const summary = await followed(server, (workDoneToken, token) => {
    const params: LintWorkspaceParams = { workDoneToken };
    return server.ask<WorkspaceSummary>(LINT_WORKSPACE, params, token);
  });
  if (summary !== undefined) void tell(summary);
  return summary;
}

/** Makes every safe fix there is in the workspace, in one step that can be undone; the server says what it came to. */
export function fixWorkspace(server: Server): Promise<Outcome | undefined> {
  return followed(server, (workDoneToken, token) => {
    const params = { command: ServerCommand.fixAllInWorkspace, workDoneToken };
    return server.ask<Outcome>(ExecuteCommandRequest.method, params, token);
  });
}

/** Shows how far the server is, and lets people end it: then there is no answer. */
async function followed<R>(
  server: Server,
  ask: (workDoneToken: string, token: CancellationToken) => Promise<R | undefined>,
): Promise<R | undefined> {
  return window.withProgress(NOTIFICATION, async (progress, token) => {
    const workDoneToken = `asynclint-${Date.now()}`;
    const following = follow(server, workDoneToken, progress);
    try {
      return await ask(workDoneToken, token);
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    } finally {
      following?.dispose();
    }
  });
}

async function tell({ findings, files }: WorkspaceSummary): Promise<void> {
  const told = `asynclint: ${counted(findings, 'finding')} in ${counted(files, 'file')}.`;
  const ways = findings === 0 ? [] : ['Show Problems'];
  const chosen = await window.showInformationMessage(told, ...ways);
  if (chosen !== undefined) await commands.executeCommand('workbench.actions.view.problems');
}

function follow(server: Server, token: string, progress: Reporter): Disposable | undefined {
  let before = 0;
  return server.onProgress(token, (value) => {
    if (value.kind === 'end') return;
    const { message, percentage = before } = value;
    progress.report({ ...(message !== undefined && { message }), increment: percentage - before });
    before = percentage;
  });
}
