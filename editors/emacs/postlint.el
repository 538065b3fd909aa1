;;; postlint.el --- What Hexo, Jekyll and Hugo will make of a post  -*- lexical-binding: t -*-

;; Package-Requires: ((emacs "28.1") (eglot "1.9"))
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; (add-to-list 'load-path "/path/to/editors/emacs")
;; (require 'postlint)
;; (add-hook 'markdown-mode-hook #'eglot-ensure)
;; (add-hook 'markdown-mode-hook #'postlint-fix-on-save-mode)   ; if you like
;;
;; The server's settings, for all posts or in a .dir-locals.el:
;; (setq-default eglot-workspace-configuration '(:postlint (:ignore ["image-hotlink"])))

;;; Code:

(require 'eglot)

(defgroup postlint nil "A language server for blog posts." :group 'tools)

(defcustom postlint-program (or (getenv "POSTLINT_PATH") "postlint")
  "The program."
  :type 'string)

(defun postlint--command (&rest _)
  "How to start the server."
  (list postlint-program "server"))

(add-to-list 'eglot-server-programs '((markdown-mode gfm-mode) . postlint--command))

(defun postlint-explain ()
  "Tell what the generator will make of this post."
  (interactive)
  (eglot-execute-command (eglot--current-server-or-lose) 'postlint.explain
                         (vector (eglot--path-to-uri (buffer-file-name)))))

(defun postlint-fix-all ()
  "Make every safe fix in this post."
  (interactive)
  (eglot-code-actions (point-min) (point-max) "source.fixAll.postlint" t))

(defun postlint--fix-before-save ()
  "Make every safe fix; what cannot be fixed keeps nobody from saving."
  (when (and (eglot-current-server) (derived-mode-p 'markdown-mode 'gfm-mode))
    (condition-case nil (postlint-fix-all) (error nil))))

(define-minor-mode postlint-fix-on-save-mode
  "Make every safe fix before a post is saved."
  :lighter nil
  (if postlint-fix-on-save-mode
      (add-hook 'before-save-hook #'postlint--fix-before-save nil t)
    (remove-hook 'before-save-hook #'postlint--fix-before-save t)))

(provide 'postlint)
;;; postlint.el ends here
