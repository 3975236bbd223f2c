# Files: photos, plans, signed contracts.

## Why a file is not taken: field-file-…, conflict-file-…

field-file-unknown = This kind of file is not taken. Send a JPEG, PNG, WebP or HEIC picture, or a PDF.
field-file-heic = This sort of HEIC picture cannot be read. Choose JPEG (“Most Compatible”) in your telephone's camera settings, or turn the picture into JPEG.
field-file-not-taken = Only JPEG, PNG, WebP and HEIC pictures go here.
field-file-wrong-size = The file did not arrive whole: its size is not the one announced. Send it again.
field-file-damaged = The file is cut short or damaged. See whether it opens, then send it again.
field-file-too-many-pixels = The picture is too large: 50 million pixels at most.
field-file-runs = The PDF holds a program, an attachment or an active form. Print it to a new PDF and send that.
field-file-locked = The PDF is locked with a password. Unlock it, then send it.
field-file-too-large = The file is larger than 20 MB.
field-file-order-not-whole = The order must name each picture once. Reload the page.
conflict-file-not-uploaded = The file has not arrived yet. Confirm it once it is sent.
# $most: how many
conflict-files-full = There can be no more than { $most } files here. Remove one you do not need and try again.

## Pages

files-photos = Photos
# $count, $most: how many of how many
files-count = { $count } of { $most }
files-none = No photos
files-papers-none = No files
files-add-photo = Add a photo
files-replace = Replace
files-add = Add a file
files-choose = Choose a file
files-hint-picture = JPEG, PNG, WebP or HEIC, up to 20 MB. Where it was taken is removed.
files-hint-paper = PDF or a scanned picture, up to 20 MB.
files-send = Send
files-added = The file was kept.
files-removed = The file was removed.
files-none-sent = Choose a file first.
files-remove = Remove
files-earlier = Move forward
files-later = Move back
# $position: which
files-photo-alt = Photo { $position }
files-signed-contract = Signed contract
files-tenant-papers = Identity papers
files-tenant-papers-note = Only your staff see them. A link lasts 10 minutes.
files-floor-plan = Floor plan
files-cover = Picture of the building
files-logo = Logo
files-seal = Seal
files-marks = Logo and seal
files-marks-note = Printed on contracts, acts and statements. A PNG with a clear background suits best.
files-size-kb = { $size } KB
files-size-mb = { $size } MB
thing-file = file
