;;; Drives the language server from Emacs's Eglot: shows a finding, takes the preferred fix, sees the finding go.
;;; Prints one JSON value; ASYNCLINT_COMMAND is the server's command as a JSON list.
(require 'json)
(require 'eglot)
(setq eglot-sync-connect t eglot-autoshutdown t)
(define-derived-mode typescript-mode js-mode "TypeScript")
(add-to-list 'eglot-server-programs
             `(typescript-mode . ,(append (json-read-from-string (getenv "ASYNCLINT_COMMAND")) nil)))

(defun findings () (flymake-diagnostics))

(defun wait-until (what holds)
  "Lets the server speak until HOLDS, thirty seconds at most; says WHAT there was not."
  (let ((deadline (+ (float-time) 30)))
    (while (not (funcall holds))
      (when (> (float-time) deadline) (message "waited in vain for %s" what) (kill-emacs 1))
      (accept-process-output nil 0.05))))

(find-file (car command-line-args-left))
(typescript-mode)
(call-interactively 'eglot)
(wait-until "a finding" (lambda () (findings)))
(let* ((said (mapcar (lambda (one)
                       `((line . ,(line-number-at-pos (flymake-diagnostic-beg one)))
                         (text . ,(flymake-diagnostic-text one))))
                     (findings)))
       (place (flymake-diagnostic-beg (car (findings))))
       (actions (progn (goto-char place) (eglot-code-actions place (flymake-diagnostic-end (car (findings))))))
       (titles (mapcar (lambda (one) (plist-get one :title)) actions)))
  (eglot--apply-workspace-edit (plist-get (aref (vconcat actions) 0) :edit))
  ;; Eglot sends changes when Emacs is idle, which a batch never is.
  (eglot--signal-textDocument/didChange)
  (wait-until "the finding to go" (lambda () (not (findings))))
  (princ (json-encode `((findings . ,(vconcat said)) (titles . ,(vconcat titles)) (text . ,(buffer-string)))))
  (set-buffer-modified-p nil))
(kill-emacs 0)
