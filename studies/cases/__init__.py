"""Worked case studies: pages whose numbers and figures are made by these modules, and whose claims are checked."""
