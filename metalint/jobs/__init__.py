"""What each file is asked: options and the configuration that holds for it, made to a job."""

from __future__ import annotations

from metalint.jobs.making import Jobs, WholeRun, whole_run

__all__ = ["Jobs", "WholeRun", "whole_run"]
