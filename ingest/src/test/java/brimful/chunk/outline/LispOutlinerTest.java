package brimful.chunk.outline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LispOutlinerTest {
  @Test
  void outlinesEmacsLisp() {
    String text =
        """
        ;;; box.el --- Boxes  -*- lexical-binding: t -*-

        (require 'cl-lib)

        (defgroup box nil "Boxes; with (brackets" :group 'tools)

        ;; How many fit.
        (defcustom box-size 3
          "Says (defun no ()) and \\"quotes\\"."
          :type 'integer)

        ;;;###autoload
        (cl-defun box-open (name &key (wide t))
          "Open NAME."
          (let ((end ?\\)) (quote ?\\"))
            (define-key map (kbd "q") #'quit)
            (defvar inner 1)))

        (define-key box-map (kbd "o") #'box-open)
        (default-value 'box-size)
        (setq box-words '(defun defmacro))

        (defalias 'box-unlock #'box-open)

        (eval-when-compile
          (defsubst box--fast (a)
            (* a 2)))

        (cl-defstruct (box-lid (:constructor nil)) size)
        (cl-defmethod box-shut ((lid box-lid)) lid)
        (define-minor-mode box-mode "Mode." :global t)
        (transient-define-prefix box-menu ()
          ["Menu" ("o" "Open" box-open)])
        """;

    assertThat(OutlineText.of("box.el", text))
        .isEqualTo(
            """
            function box 5-5
            function box-size 7-10
            function box-open 12-17
            function box-unlock 23-23
            function box--fast 26-27
            type box-lid 29-29
            function box-shut 30-30
            function box-mode 31-31
            function box-menu 32-33\
            """);
  }

  @Test
  void outlinesOtherLisps() {
    assertThat(
            OutlineText.of(
                "a.lisp",
                """
                (defpackage #:shop (:use #:cl))
                #| (defun no ()) |#
                (defclass item () ((name :initarg :name)))
                (defmethod (setf price) (new (self item))
                  (print #\\( ))
                (defparameter *rate* 3)
                """))
        .isEqualTo(
            """
            type shop 1-1
            type item 3-3
            function price 4-5
            function *rate* 6-6\
            """);
    assertThat(
            OutlineText.of(
                "a.scm",
                """
                (define (twice f) ; (
                  (define (inner x) x)
                  (f f))
                (define rate 3)
                (define-record-type <point> (make-point x) point? (x point-x))
                (display (twice 2))
                """))
        .isEqualTo("function twice 1-3\nfunction rate 4-4\ntype point 5-5");
    assertThat(
            OutlineText.of(
                "a.clj",
                """
                (ns shop.core (:require [a.b :as b]))
                (def ^:private limit 3)
                (defn- total "Sums." [{:keys [a]}]
                  (map #(inc %) [\\( a]))
                (defmethod ^{:doc "x"} area :square [s] s)
                """))
        .isEqualTo(
            """
            type shop.core 1-1
            function limit 2-2
            function total 3-4
            function area 5-5\
            """);
  }

  @Test
  void beginsAnewAtTheMargin() {
    assertThat(OutlineText.of("a.el", "(defun a ()\n  (b\n\n(defun c ()\n  d)\n"))
        .isEqualTo("function a 1-2\nfunction c 4-5");
    assertThat(OutlineText.of("a.el", "(defun a () \"\n(")).isEqualTo("function a 1-2");
    assertThat(OutlineText.of("a.el", "(defun")).isEmpty();
    assertThat(OutlineText.of("a.el", ")))\n(defvar a)")).isEqualTo("function a 2-2");
  }
}
