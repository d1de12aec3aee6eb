"""The page's charts with what belongs under them: a sentence, a table, words for those who do not see the chart."""
