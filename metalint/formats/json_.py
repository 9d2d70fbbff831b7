"""JSON: one record, an array of records, or an object that holds them."""

from metalint.formats.json_read import locate as locate
from metalint.formats.json_read import parse as parse
from metalint.formats.json_split import envelope as envelope
from metalint.formats.json_split import split as split
