;;; test.el --- the table of cases in a real Emacs without a screen  -*- lexical-binding: t -*-
(package-initialize) ; Debian's elpa packages
(add-to-list 'load-path (file-name-directory load-file-name))
(require 'flymake)
(require 'json)
(unless (require 'markdown-mode nil t)
  (define-derived-mode markdown-mode text-mode "Markdown"))
(add-to-list 'auto-mode-alist '("\\.md\\'" . markdown-mode))
(require 'postlint)
(set-language-environment "UTF-8")
(setq make-backup-files nil auto-save-default nil create-lockfiles nil
      eglot-sync-connect 20 eglot-autoshutdown t eglot-confirm-server-initiated-edits nil
      flymake-no-changes-timeout 0.1)

;; A person would say yes to changes in other files.
(fset (quote y-or-n-p) (lambda (&rest _) t))

(defvar editors (file-name-directory (directory-file-name (file-name-directory load-file-name))))
(defvar cases (let ((json-object-type 'alist) (json-array-type 'list) (json-key-type 'symbol))
                (json-read-file (concat editors "cases.json"))))
(defvar passed 0)
(defvar failed 0)
(defmacro check (name &rest body)
  (declare (indent 1))
  `(when (zerop failed)
     (condition-case problem
         (progn ,@body (setq passed (1+ passed)) (message "ok   - %s" ,name))
       (error (setq failed (1+ failed)) (message "FAIL - %s: %S" ,name problem)))))
(defun of (&rest keys) (let ((value cases)) (dolist (key keys value) (setq value (alist-get key value)))))
(defun wait-for (what look)
  (let ((end (+ (float-time) 20)) found)
    (while (not (setq found (funcall look)))
      (when (> (float-time) end) (error "waited in vain for %s" what))
      (accept-process-output nil 0.05))
    found))
(defun go (needle) (goto-char (point-min)) (search-forward needle) (goto-char (match-beginning 0)))
(defun line-at (needle) (go needle) (buffer-substring-no-properties (line-beginning-position) (line-end-position)))
(defun act (title range-start range-end)
  "Apply the quick fix TITLE as eglot would."
  (let* ((actions (append (jsonrpc-request (eglot-current-server) :textDocument/codeAction
                           (list :textDocument (eglot--TextDocumentIdentifier)
                                 :range (list :start (eglot--pos-to-lsp-position range-start)
                                              :end (eglot--pos-to-lsp-position range-end))
                                 :context '(:diagnostics [] :only ["quickfix"]))) nil))
         (action (seq-find (lambda (one) (equal title (plist-get one :title))) actions)))
    (unless action (error "no action %s in %S" title (mapcar (lambda (one) (plist-get one :title)) actions)))
    (unless (plist-get action :edit)
      (setq action (jsonrpc-request (eglot-current-server) :codeAction/resolve action)))
    (eglot--apply-workspace-edit (plist-get action :edit))))

(let* ((root (file-name-as-directory (make-temp-file "postlint-emacs" t)))
       (blog (concat root "blog/")))
  (copy-directory (concat editors "fixture") blog nil nil t)
  (call-process "git" nil nil nil "init" "-q" blog) ; project.el finds roots by it
  (find-file (concat blog (of 'document)))
  (check "eglot starts the server"
    (apply #'eglot--connect (eglot--guess-contact))
    (wait-for "the server" (lambda () (and (eglot-current-server) (eglot-managed-p)))))
  (check "findings stand at their words, behind wide characters too"
    (let ((found (wait-for "findings" (lambda () (flymake-start nil t)
                                        (let ((all (flymake-diagnostics)))
                                          (and (= (length all) (length (of 'diagnostics))) all))))))
      (dolist (wanted (of 'diagnostics))
        (go (alist-get 'text wanted))
        (unless (seq-find (lambda (one) (= (point) (flymake-diagnostic-beg one))) found)
          (error "nothing at %s: %S" (alist-get 'text wanted) (mapcar #'flymake-diagnostic-beg found))))))
  (check "a quick fix mends the line"
    (go "Invalid Date")
    (act (of 'quickFix 'title) (point) (+ (point) 7))
    (unless (equal (line-at "date:") (of 'quickFix 'line)) (error "%s" (line-at "date:"))))
  (check "a hover tells what the generator makes"
    (dolist (one (of 'hover))
      (wait-for "the hover"
        (lambda ()
          (go (alist-get 'at one))
          (let* ((hover (jsonrpc-request (eglot-current-server) :textDocument/hover (eglot--TextDocumentPositionParams)))
                 (text (plist-get (plist-get hover :contents) :value)))
            (seq-every-p (lambda (word) (string-search word (or text ""))) (alist-get 'says one)))))))
  (check "the root is the folder of the site"
    (unless (file-equal-p blog (project-root (eglot--project (eglot-current-server))))
      (error "%S" (eglot--project (eglot-current-server)))))
  (check "a tag of the site is completed"
    (let* ((line (line-at (of 'completion 'line))) (start (line-beginning-position)))
      (delete-region start (line-end-position))
      (insert (of 'completion 'typed) (of 'completion 'rest))
      (backward-char (length (of 'completion 'rest)))
      ;; Asks the server and inserts as company and corfu do.
      (pcase-let* ((`(,from ,to ,table . ,more) (eglot-completion-at-point))
                   (found (all-completions (buffer-substring from to) table))
                   (chosen (seq-find (lambda (one) (string-search (of 'completion 'item) one)) found)))
        (unless chosen (error "not among %S" found))
        (delete-region from to)
        (goto-char from)
        (insert chosen)
        (funcall (plist-get more :exit-function) chosen 'finished))
      (unless (equal (line-at "tags:") (of 'completion 'becomes)) (error "%s" (line-at "tags:")))
      (goto-char (line-beginning-position))
      (delete-region (point) (line-end-position))
      (insert line)))
  (check "safe fixes are made on save where that is wanted"
    (postlint-fix-on-save-mode 1)
    (save-buffer)
    (postlint-fix-on-save-mode -1)
    (unless (equal (line-at "一本书") (of 'fixAll 'line)) (error "%s" (line-at "一本书")))
    (go "adsbygoogle"))
  (check "settings reach the server"
    (setq-local eglot-workspace-configuration '(:postlint (:ignore ["ad-unit"])))
    (eglot-signal-didChangeConfiguration (eglot-current-server))
    (wait-for "no finding" (lambda () (flymake-start nil t) (null (flymake-diagnostics)))))
  (check "it is restarted"
    (let ((before (eglot-current-server)))
      (eglot-reconnect before)
      (wait-for "another server" (lambda () (and (eglot-current-server) (not (eq before (eglot-current-server))) (eglot-managed-p))))))
  (check "a tag is renamed in every post"
    (save-buffer)
    (go (of 'rename 'at))
    (eglot-rename (of 'rename 'name))
    (save-some-buffers t)
    (dolist (file (of 'rename 'files))
      (with-temp-buffer
        (insert-file-contents (concat blog (symbol-name (car file))))
        (dolist (line (cdr file))
          (goto-char (point-min))
          (search-forward (concat "\n" line "\n"))))))
  (check "the server leaves when it is asked to"
    (let ((server (eglot-current-server)))
      (eglot-shutdown server nil 5)
      (wait-for "its end" (lambda () (not (jsonrpc-running-p server))))))
  (set-buffer-modified-p nil)
  (delete-directory root t))
(message "%d passed, %d failed" passed failed)
(dolist (process (process-list)) (set-process-query-on-exit-flag process nil))
(kill-emacs (if (zerop failed) 0 1))
